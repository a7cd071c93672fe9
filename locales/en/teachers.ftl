# What a teacher reads and presses: the application, the classes, the numbers, the parents' consents.

phrase-become-teacher = i am a teacher | i'm a teacher | teacher
phrase-add-class = add class | add a class
phrase-my-classes = my classes | my class | classes | participants' numbers
phrase-reports = reports | report | documents received | ready for the lesson | lesson held

# $name, $settlement, $municipality
school-line = { $name }, { $settlement } ({ $municipality })
# $name · $profile - address of the messenger's profile
person-with-profile = { $name } ({ $profile })
person-nameless = somebody without a name in the profile
person-operator = the organisers

# --- application

apply-find-school = Let's find your school. Write its number or name and the town, for example: школа 5 Ставрополь.
apply-find-school-again = Write the school's number or name and the town, for example: лицей 2 Невинномысск.
apply-school-in-words = Write the school in words: number or name, and the town.
# $words - what was looked for
schools-none = Nothing was found for “{ $words }”. Try less: only the school's number and the town.
# $found (number) · $lines - the schools of this page, one a line
schools-found =
    { $found ->
        [one] { $found } school found
       *[other] { $found } schools found
    }. Choose yours:
    { $lines }
button-school-missing = My school is missing
button-find-again = Search again
button-other-school = Another school
school-missing-describe = Write the municipality, the town and the school's name. I will tell the coordinator, who will add it.
school-missing-told = I told the coordinator. Once the school is in the list, begin again: “I am a teacher”.
# $contact - of the operator
nobody-to-tell = There is no coordinator here yet. Write to the organisers: { $contact }.
# $school · $kind - school, college, university, preschool, extracurricular
apply-which-class =
    { $school }

    { $kind ->
        [school] Which class? For example: 9А.
       *[other] Which group? For example: ИС-21.
    }
apply-not-a-class = { $kind ->
    [school] That does not look like a class. Write the grade and the letter, for example: 9А.
   *[other] That does not look like a group. Write its name, for example: ИС-21.
}
# $grade (number)
apply-grade-refused = Grades 9-11 take part, and this is grade { $grade }. Write another class.
apply-organisation-refused = This organisation does not take part: schools, colleges and universities do. Choose another.
# $label - of the class · $most (number)
apply-how-many = { $label }. How many pupils? Write a number from 1 to { $most }.
apply-pupils-wrong = A number from { $least } to { $most } is needed. If there are more pupils, the coordinator agrees to more numbers after the confirmation.
# $school, $label · $pupils (number) · $state - waiting (a coordinator decides), confirmed (at once)
apply-check =
    Please check:
    { $school }
    Class: { $label }
    { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    }

    { $state ->
        [confirmed] You are invited to this school: the numbers come at once.
       *[waiting] A coordinator will look at the application, and see your name and a link to your profile.
    }
button-apply = { $state ->
    [confirmed] Get the numbers
   *[waiting] Send the application
}
button-other-class = Another class
button-change-pupils = Change the number
button-apply-again = Apply again
button-add-class = Add a class
apply-sent = ✅ Application sent: { $label }, { $school }. I will write as soon as the coordinator answers.
apply-sent-to-nobody = ✅ Application taken: { $label }, { $school }. The school has no coordinator yet; if the answer takes long, write to the organisers: { $contact }.
apply-participant = You take part as a pupil, so you cannot become a teacher here.
apply-closed-for-you = Your applications were refused three times, so there is no new one. A coordinator can invite you by a code. Questions: { $contact }.
apply-not-yet = Registration of teachers opens on { $day }.
apply-over = Registration of teachers ended on { $day }.
# $state - confirmed, waiting
apply-already = { $state ->
    [confirmed] { $label } is your class already.
   *[waiting] The application for { $label } is sent already and waits for the coordinator.
}
apply-class-taken = Class { $label } has a teacher already. If it is yours now, ask the coordinator to hand it over.
apply-class-requested = Another teacher has applied for { $label }; the coordinator is looking at it.
button-ask-hand-over = Ask for a hand-over
hand-over-asked = I passed it on to the coordinator, who will contact you or the present teacher.
# $reason - as the coordinator wrote it · $left (number) - applications that may still be made
application-refused =
    Application refused: { $label }, { $school }.
    Reason: { $reason }

    { $left ->
        [0] You cannot apply again. Questions: { $contact }.
        [one] You can apply { $left } more time.
       *[other] You can apply { $left } more times.
    }

# --- the beginning of a class

# $label, $school · $info - the campaign's site
class-confirmed =
    ✅ Class confirmed: { $label }, { $school }.

    Below are the lesson's files and the participants' numbers. For the lesson every pupil brings the own documents for registering on the portal and enters the data alone: you need not collect or send them. Numbers are given out by the class list; please write no pupils' names here.
    More: { $info }
# $title - of the file
package-file = { $title }
package-file-failed = The file “{ $title }” could not be attached. Press the button and I will send it again.
button-package-again = Send the files again
button-package = The lesson's files
# $info - the campaign's site
what-pupils-bring =
    For the lesson: every pupil brings the own documents for registering on the portal and enters the data alone. You need not collect or send them.
    Numbers are given out by the class list; please write no pupils' names here.
    More: { $info }
# $label · $issued (number) · $lines - one number a line
numbers-issued =
    Participants' numbers, { $label }: { $issued }
    { $lines }
# $place (number) - № in the class list · $number
number-new = № { $place }: { $number }
number-line = № { $place } · { $number } · { $state }
number-free = free
number-taken = taken ✅
number-taken-by = { $name } ✅
numbers-list =
    Participants' numbers, { $label }. Taken { $taken } of { $issued }:
    { $lines }
numbers-file = Participants' numbers, { $label }: a table with the links for the cards.
numbers-file-title = Participants' numbers { $label }
numbers-file-heading = Participants' numbers: { $label }, { $school }
numbers-column-place = №
numbers-column-number = Participant's number
numbers-column-link = Link
numbers-column-state = Taken by
numbers-file-failed = The table could not be attached. The numbers are in the message; press the button and I will send the table again.
button-file-again = Send the table again
button-numbers = Participants' numbers
button-numbers-file = Send as a table
button-more-numbers = More numbers
# $free (number) - how many can be had without asking
numbers-how-many-more = { $label }: { $pupils } now. How many numbers to add? { $free ->
    [0] More only with the coordinator's consent.
   *[other] Up to { $free } at once, more with the coordinator's consent.
}
numbers-more-wrong = Write how many numbers to add: a number from 1 to { $most }.
numbers-not-yet = Numbers begin to work on { $day }; add them then.
numbers-over = Registration of participants ended on { $day }; new numbers are of no use.
numbers-asked = The campaign gives up to { $most } numbers a class, you need { $pupils }. I asked the coordinator and will write when there is an answer.
numbers-denied-notice =
    { $label }: no more numbers.
    Reason: { $reason }

# --- my classes

not-your-class = This is not your class. Yours are in “My classes”.
classes-none = No classes yet. Apply: we will find the school, the class and the number of pupils.
classes-listed =
    My classes
    { $lines }
class-name = { $label }, { $school }
class-line =
    { $label }, { $school }: { $claimed } of { $issued } numbers taken, { $votes ->
        [one] { $votes } vote
       *[other] { $votes } votes
    }, { $reported } of 3 reports{ $practice ->
        [none] {""}
        [unseen] , practice not marked
       *[known] , practice: { $done } of { $attended }
    }
class-waiting-line = { $label }, { $school }: the coordinator has the application
button-to-class = Class { $label }
# $due - documents, ready, held, none
class-card =
    { $label }, { $school }
    Pupils: { $pupils }
    Numbers issued: { $issued }, taken: { $claimed }
    Votes: { $votes }
    Reports: { $reported } of 3{ $practice ->
        [none] {""}
        [unseen] , practice not marked
       *[known] , practice: { $done } of { $attended }
    }

    { $due ->
        [documents] Next: report in “Reports” that you have the documents.
        [ready] Next: report that you are ready.
        [held] Next: after the lesson report that it was held.
       *[none] { $practice ->
            [saved] All reports are made, thank you!
           *[other] Next: mark who has done the practical task.
        }
    }

# --- parents' consents

button-parent-consent = Parents' consent
# $ticked, $issued (numbers) · $places - the № that have it
consents-listed =
    Parents' consent, { $label }: { $ticked ->
        [0] none of { $issued } yet.
       *[other] { $ticked } of { $issued }, № { $places }.
    }
    Without it a pupil below 18 is shown without a name. The paper stays at school.

    Write the № that have it, for example: 3, 5, 7-9. Or press.
consents-ticked = { $count ->
    [one] ✅ Consent noted: № { $places }.
   *[other] ✅ Consents noted: № { $places }.
} You can write more №.
consents-typed-wrong = Write № of the class list, from 1 to { $most }, for example: 3, 5, 7-9.
button-consents-more = The whole list
button-consent-undo = Untick № { $place }
