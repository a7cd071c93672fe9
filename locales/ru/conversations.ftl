# Group conversations: everybody reads along.

# $title - of the campaign
conversation-joined =
    Здравствуйте! { $title }. Напишите «/топ-20» или нажмите кнопку — покажу, кто впереди; координатор может попросить присылать список сюда каждый день.
    Отвечаю, когда обращаются ко мне (@упоминание или «/» в начале) или нажимают мои кнопки. Остального не читаю и не храню.
conversation-privately = Здесь я показываю только «Топ-20»: беседу читают все. Остальное — голос, номер, баланс, отчёты — напишите мне лично.
conversation-privately-pop-up = Здесь только «Топ-20». Остальное — напишите мне лично.
conversation-failed = Не получилось, это наша ошибка. Попробуйте чуть позже.
link-private = Написать лично
label-top-again = Обновить

# $at - the moment · $lines - the places
conversation-top =
    Топ-20, { $at }:

    { $lines }
# $at - the moment
conversation-top-empty = Топ-20, { $at }: голосов пока нет ни у кого. Первое место свободно.
conversation-top-daily = Список приходит сюда каждое утро.
conversation-top-on = Буду присылать «Топ-20» сюда каждое утро
conversation-top-on-already = «Топ-20» уже приходит сюда каждое утро
conversation-top-off = Больше не присылаю. Список можно спросить в любое время
conversation-top-off-already = «Топ-20» сюда и так не приходит
conversation-top-final = Голосование закончилось: список больше не меняется
label-conversation-top-on = Присылать каждый день
label-conversation-top-off = Больше не присылать

# $since - when it was chosen · $why - gone, moved, shut
conversation-closed = Беседа, в которую вы { $since } попросили каждый день присылать «Топ-20», больше не принимает сообщений бота: { $why ->
    [gone] бота в ней нет, или её самой больше нет.
    [moved] она переехала в другой мессенджер.
   *[shut] писать в неё сообществу не разрешено.
} Список туда больше не отправляется. Если бота вернут, нажмите в беседе «Присылать каждый день» ещё раз.
