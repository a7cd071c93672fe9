# What a coordinator reads and presses: applications, decisions about classes, who has not reported.

phrase-applications = applications
phrase-not-reported = who has not reported | not reported | remind everybody

coordinators-only = This part is for coordinators. If you were invited, enter the code.
# $why - the reason's word in domain/roles.py
may-not = { $why ->
    [out_of_scope] This is outside your scope: the coordinator of another school or municipality decides.
    [own_application] Another coordinator decides on your own application.
    [own_class] Another coordinator decides about your own class.
    [own_number] Another coordinator decides about your own number.
    [own_school] Another coordinator decides about your own school.
    [scope_not_narrower] You can invite coordinators only to a scope narrower than yours.
    [municipality_needed] Gift issuers are invited by coordinators of the municipality or the region.
    [role_does_not_fit_scope] There is no such role here.
    [not_your_class] This is not your class.
    [no_coordinator] Only a coordinator of the campaign may do this.
    [no_moderator] Sessions are opened by a coordinator or a confirmed teacher.
    [participant_cannot_teach] You take part as a pupil, so you cannot become a teacher here.
    [teacher_cannot_participate] A teacher cannot take a participant's number.
   *[other] This is not open to you.
}
button-cancel = Cancel
button-confirm = Confirm
button-refuse = Refuse

# --- applications

# $who - name and profile · $listed (number) - pupils of the class in the imported list, 0 if it does not say ·
# $issued, $of (numbers) - IDs issued in the school, pupils of it in the list
application-card =
    A teacher's application
    { $who }
    { $school }
    Class { $label }, { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    }{ $listed ->
        [0] {""}
       *[other] {" "}({ $listed } in the list)
    }
    Numbers issued to the school: { $issued }{ $of ->
        [0] {""}
       *[other] {" "}of { $of } in the list
    }
    Made { $at }
applications-none = No application waits for a decision.
# $waiting (number)
applications-waiting = { $waiting ->
    [one] { $waiting } application waits
   *[other] { $waiting } applications wait
} for a decision. Open one to decide:
application-line = { $label }, { $school }
application-gone = There is no such application.
refusal-reason = Why refuse the application for { $label }? Write the reason; the teacher will read it.
# $state - confirmed, refused · $who decided · $applicant · $at
application-decided = { $state ->
    [confirmed] ✅ Application confirmed: { $applicant }, { $label }, { $school }. Decided by { $who }, { $at }.
   *[refused] Application refused: { $applicant }, { $label }, { $school }. Decided by { $who }, { $at }. Reason: { $reason }
}

# --- notices

school-missing-notice =
    A teacher did not find the school: { $who }
    Writes: { $described }
hand-over-notice =
    A hand-over is asked for: class { $label }, { $school }
    Who asks: { $who }
    Present teacher: { $teacher }
question-notice =
    A teacher's question: { $who }
    Class { $label }, { $school }

    { $asked }
undo-notice =
    Undoing is asked for, “{ $stage }”: { $label }, { $school }
    Who asks: { $who }
low-attendance-notice =
    Fewer than half of the class came: { $attended } of { $pupils }
    { $label }, { $school }
    Teacher: { $who }
numbers-wanted-notice =
    Numbers beyond { $most } are asked for: { $pupils } now, { $wanted } needed
    { $label }, { $school }
    Teacher: { $who }

# --- decisions about a class

button-accept = Accept
button-send-back = Send the report back
attendance-accepted = ✅ Report accepted: { $label }.
attendance-nothing-to-decide = { $label }: nothing to decide, the report is accepted or undone already.
undo-reason = Why undo “{ $stage }” ({ $label })? Write the reason; the teacher will read it.
undo-done = “{ $stage }” is undone: { $label }. I told the teacher.
button-grant = Give the numbers
numbers-granted = ✅ { $label }: { $pupils } numbers now. I told the teacher.
numbers-granted-already = { $label }: { $pupils } numbers already, nothing to decide.
numbers-denial-reason = Why give no more numbers ({ $label })? Write the reason; the teacher will read it.
numbers-denied = Noted: { $label }. I told the teacher.

# --- who has not reported

# $registered (number)
owing-which-stage = Who has not reported? Classes with a teacher: { $registered }. Choose the report:
owing-stage = { $stage }: { $owing }
owing-nobody = “{ $stage }”: everybody has reported.
# $owing (number) · $lines - one class a line, longest silence first
owing-list =
    “{ $stage }”: { $owing ->
        [one] { $owing } class has not reported
       *[other] { $owing } classes have not reported
    }
    { $lines }
owing-line = { $label }, { $school }, { $settlement } - { $teacher }, silent since { $day }
owing-which-municipality = “{ $stage }”: not reported, by municipality
owing-which-school = “{ $stage }”: not reported, by school
owing-place = { $name }: { $owing }
button-other-stage = Another report
button-by-municipality = By municipality
button-by-school = By school
button-everywhere = All
