# $title - of the campaign
greeting =
    Hello! { $title }.

    People vote for participants here, participants follow their votes, and teachers report on their lessons. Choose what you need on the buttons below.
menu = Choose what you need on the buttons below.
back = Back to the menu. Choose what you need on the buttons below.
language-changed = Speaking English now.

# $operator, $contact - who runs the campaign and how to reach them
help =
    What you can do here:

    Everybody: “Top 20”, and any participant's count - type “count” and the number of 12 digits.
    To vote: open a participant's link, or type “vote” and the number. Everybody has one vote in the whole campaign.
    Participants: “I am a participant” to take the number on your card. Then “Balance”, “My link”, “Who voted for me”.
    Teachers: “I am a teacher” - the application, the numbers for a class, “Reports”, “Practice”.
    Coordinators: “Applications”, “Who has not reported”, “Summary”, “Broadcast”.
    About you: “Settings”, “Reminders”, “My data”, “Delete my data”.

    “Menu” and “Back” always work. Questions about the campaign: { $operator }, { $contact }.
link-about = About the campaign

label-menu = Menu
label-help = Help
label-settings = Settings
label-applications = Applications
label-not-reported = Who has not reported
label-summary = Summary
label-invitations = Invitations
label-reports = Reports
label-my-classes = My classes
label-teacher = My application
label-become-teacher = I am a teacher
label-become-participant = I am a participant
label-enter-code = I have a code
label-balance = Balance
label-my-link = My link
label-my-voters = Who voted for me
label-vote-for-whom = Vote
label-top = Top 20
label-count = A participant's count
label-check-vote = Check a vote
