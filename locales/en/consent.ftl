# $title - of the campaign · $operator, $contact - who keeps the data · $until, $year - the last day of keeping
consent =
    Consent to take part: { $title }

    Who keeps the data: { $operator }, { $contact }.
    What for: to run the campaign - take reports and votes, count the results, answer you.
    What is kept: the first name and the initial of the last name from your profile, the link to your account, and what you do in the campaign. You need not write anything else about yourself.
    Until when: until { $until } { $year }; then names and links to accounts are erased.
    How to withdraw: “Settings” - “Delete my data”, on any day.

# $consent - the whole text of the consent · $moment - when it was given
consent-and-given =
    { $consent }

    ✅ Consent given { $moment }.

# $moment - when it was given
consent-given = ✅ Consent given { $moment }.
consent-refused = All right, nothing about you has been kept. You can see the top 20 and any participant's count without consent, but vote and take part only with it.
account-erased = The data of this account were deleted at your request, so it can no longer take part or vote. The top 20 and any participant's count are open, as to everybody.
link-policy = Privacy policy

label-consent = I agree
label-no-consent = I do not agree
label-read-consent = The consent
