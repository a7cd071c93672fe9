unclear-first = I did not understand. Here is what I can do - choose on the buttons below. Or type a participant's number, 12 digits.
unclear-again = I did not understand. Everything is in the menu.

# $phrase - the command that comes nearest to what was typed
did-you-mean = Did you mean “{ $phrase }”?
stale-pop-up = This button is out of date
stale = This button is out of date. Choose what you need on the buttons below.

# $kind - what came, in the messenger's word; "nothing" for an empty message
attachment-unread = { $kind ->
    [sticker] Thank you for the sticker! But I understand only words and buttons.
    [audio_message] I do not listen to voice messages. Please use words or a button.
    [forwarded] I do not read forwarded messages. Please use words or a button.
    [photo] I do not look at photos. Please use words or a button.
   *[other] I do not read this. Please use words or a button.
}

# $kind - passport, snils, phone
personal-data = { $kind ->
    [passport] This looks like passport data.
    [snils] This looks like a SNILS.
    [phone] This looks like a phone number.
   *[other] This looks like personal data.
} There is no need to write it here: the bot does not ask for it and has not kept it. Please delete your message.
failed = Something went wrong, and it is our fault. Please try again a little later.
