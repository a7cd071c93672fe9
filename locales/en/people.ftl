# $ending - the end of the ID, as "…9012"
masked-participant = Participant { $ending }
masked-voter = A voter

# $digits (number) - how many digits were typed, 0 for none
number-wrong-length = { $digits ->
    [0] A participant's number has 12 digits, such as 1234-5678-9012. Type it from the card; spaces and hyphens do not matter.
    [one] A participant's number has 12 digits, and this has { $digits }. Check the card and type it again.
   *[other] A participant's number has 12 digits, and this has { $digits }. Check the card and type it again.
}
number-wrong-digits = There can be no such number: one of the digits is wrong. Check the card and type it again.
