# What the clock says: one kind sentence a debt, and its button. Several at once stand in one message, a line each.

# $label - of the class
duty-documents = { $label }: do you have the lesson's files and the participants' numbers? Press “Documents received”.
button-duty-documents = Documents received · { $label }
duty-ready = { $label }: ready for the lesson? If the files are clear and there is a computer room, or practice goes home, press “Ready for the lesson”.
button-duty-ready = Ready for the lesson · { $label }
# $day - the last day of lessons
duty-held = { $label }: has the lesson been held? Please mark it. The last day of lessons is { $day }.
button-duty-held = Lesson held · { $label }
# $day - of the lesson · $where - in_class, homework
duty-practice = { $where ->
    [in_class] { $label }: please save who did the practical task in the lesson of { $day }.
   *[homework] { $label }: please mark who has done the practical task given in the lesson of { $day }.
}
button-duty-practice = Practice · { $label }
# $count (number) · $places - № drawn together: «1-3, 7»
duty-claims = { $count ->
    [one] { $label }: one participant number is still free, № { $places }. Please remind the pupil of the card.
   *[other] { $label }: { $count } participant numbers are still free, № { $places }. Please remind the pupils of their cards.
}
button-duty-claims = Participants' numbers · { $label }

# $votes, $ahead - participants with more votes (numbers)
duty-weekly-balance = Your week. { $votes ->
    [one] You have { $votes } vote, { $votes } УГУ on your balance.
   *[other] You have { $votes } votes, { $votes } УГУ on your balance.
} { $ahead ->
    [0] Nobody has more votes than you.
    [one] { $ahead } participant has more votes.
   *[other] { $ahead } participants have more votes.
}
duty-weekly-balance-empty = Your week. Nobody has voted for you yet: send your link to family and friends.
# $days (number) - left after today · $votes (number) · $link - the voting link
duty-last-days = { $days ->
    [0] Today is the last day of voting
    [one] { $days } day of voting is left
   *[other] { $days } days of voting are left
}, you have { $votes ->
    [0] no votes yet
    [one] { $votes } vote
   *[other] { $votes } votes
}. Your link: { $link }
