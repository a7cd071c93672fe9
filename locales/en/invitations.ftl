# One-time invitation codes: accepting, issuing, revoking.

phrase-enter-code = i have a code | enter a code | code | invitation
phrase-invitations = invitations | invite

# $role - coordinator, teacher, issuer, school_reporter · $place
grant-region = { $role ->
    [coordinator] coordinator of the region
   *[other] a role in the region
}
grant-municipality = { $role ->
    [coordinator] coordinator: { $place }
   *[other] role: { $place }
}
grant-school = { $role ->
    [coordinator] coordinator of the school { $place }
    [teacher] teacher of the school { $place }
    [school_reporter] reporter of the school { $place }
   *[other] a role in the school { $place }
}

invitation-enter = Write the invitation's code, for example: A2C3-E4H5-K6M7-P8T9.
invitation-mistyped = This is no code: check the signs and write it again. It has 16 letters and digits.
invitation-unknown = There is no such code. Check the signs and write it again, or ask for a new one.
# $grant - role and place · $inviter · $until
invitation-shown =
    You are invited as: { $grant }
    By: { $inviter }
    The code works until { $until }

    Do you accept?
button-accept-invitation = Accept
invitation-accepted = ✅ Done: you are { $grant }. { $role ->
    [teacher] Add a class, and the numbers come at once.
   *[other] Begin with the applications.
}
invitation-taken-notice = The invitation is accepted: { $who } - { $grant }.
invitation-taken = This code was used { $at }. Ask for a new one.
invitation-just-taken = Somebody else has just used this code. Ask for a new one.
invitation-yours-already = You accepted this invitation { $at }.
invitation-revoked = This invitation was revoked. Ask for a new code.
invitation-expired = The code expired { $at }. Ask for a new one.
invitation-own = Nobody can invite themselves.

# --- issuing

# $issued (number) · $lines - one invitation a line, newest first
invitations-listed = { $issued ->
    [0] No invitations yet. Whom to invite?
   *[other] Your invitations ({ $issued }):
}
    { $lines }
# $number - of the invitation · $state - waiting, taken, revoked, expired · $who took it
invitation-line = { $number }. { $grant } - { $state ->
    [taken] accepted by { $who }
    [revoked] revoked
    [expired] expired
   *[waiting] waits until { $until }
}
button-invite-teacher = Invite a teacher
button-invite-municipality = Municipality's coordinator
button-invite-school = School's coordinator
button-revoke = Revoke { $number }
# $role - coordinator, teacher
invite-which-school = { $role ->
    [coordinator] Coordinator of which school?
   *[teacher] Teacher of which school?
} Write its number or name and the town.
invite-which-municipality = Coordinator of which municipality?
# $code, $link
invitation-issued =
    Invitation: { $grant }
    Code: { $code }
    Link: { $link }

    Give the code or the link to one person: it works once, until { $until }. I will write who accepted it.
invitation-is-revoked = The invitation is revoked, the code no longer works.
invitation-revoked-too-late = It cannot be revoked: it was accepted, or revoked before.
