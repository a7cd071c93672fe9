# $seen_as - as a voter · $part - voter, participant · $participant - as a participant · $publication - yes, no
settings =
    Settings

    When you vote, you are seen as: { $seen_as }
    { $part ->
        [participant]
            As a participant you are seen as: { $participant }
            { $publication ->
                [yes] In the top 20 and the results the same.
               *[no] In the top 20 and the results without your name.
            }
       *[voter] You can also change it just before you vote.
    }
settings-before-consent = You can change the language here. Other settings come once you agree to take part.

# $age - adult, minor · $seen_as - shown name of the participant
age-answered = { $age ->
    [adult] Thank you! Voters see you as “{ $seen_as }”. Your name comes into the top 20 if you allow it in the settings.
   *[minor] Thank you! Voters see you as “{ $seen_as }”. If your parents agree to the name being shown, the teacher ticks the paper consent, which stays at school.
}

# $lines
my-data =
    What is stored about you:

    { $lines }

    Votes are counted apart, under a pseudonym. The texts of your messages are erased right after the answer.

# $name
my-name = Name: { $name }
my-name-none = not stored

# $messenger, $user
my-account = Account: { $messenger }, { $user }

# $age - unknown, adult, minor
my-age = Age: { $age ->
    [adult] 18 or older
    [minor] under 18
   *[unknown] not asked
}

# $choice - name, masked
my-shown-as = Shown to others: { $choice ->
    [name] by name
   *[masked] without the name
}

# $kind - participation, publication · $version - of the text · $moment
my-consent = { $kind ->
    [publication] Consent to the name in the top 20 and results: { $moment }, text { $version }
   *[participation] Consent to take part: { $moment }, text { $version }
}

# $number - the own ID
my-number = Participant's number: { $number }

# $number - whom for · $moment · $code - the receipt
my-vote = Your vote: { $number }, { $moment }, receipt { $code }

# $number - about whom · $moment
my-offer = Report of money for a vote: { $number }, { $moment }

erase-sure =
    Delete your data and withdraw your consent?

    Your name and the link to your account will be erased. The vote you cast and the votes for you stay in the count under a pseudonym. This account can no longer take part or vote. A teacher's classes will wait to be handed over. Nothing can be brought back.
erased = Done: the name and the link to the account are erased, the consent is withdrawn.

label-my-data = My data
label-erase = Delete my data
label-erase-for-good = Yes, delete for good
label-show-name = Show my name
label-show-masked = Do not show my name
label-publish-yes = Allow my name in the top 20
label-publish-no = Take my name out of the top 20
label-other-language = По-русски
