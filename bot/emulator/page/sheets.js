// The two small forms above the page: a new person, and a link to open as the chosen one.

/** Opens a form; `submitted(values)` may throw, its message is then shown and the form stays. */
function ask(id, submitted) {
  const sheet = document.getElementById(id);
  const form = sheet.querySelector("form");
  const wrong = sheet.querySelector(".wrong");
  form.reset();
  wrong.textContent = "";
  sheet.querySelector("[data-close]").onclick = () => sheet.close();
  form.onsubmit = async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    try {
      await submitted(Object.fromEntries(new FormData(form)));
      sheet.close();
    } catch (error) {
      wrong.textContent = error.message;
    }
  };
  sheet.showModal();
}

/** `add({first_name, last_name})` stores the person. */
export function askNewPerson(add) {
  return ask("new-person", async (names) => {
    const trimmed = { first_name: names.first_name.trim(), last_name: names.last_name.trim() };
    if (!trimmed.first_name) throw new Error("Нужно имя");
    await add(trimmed);
  });
}

/** `open(text)` returns false for a text that is no link to this community. */
export function askLink(open) {
  return ask("open-link", ({ link }) => {
    if (!open(link)) throw new Error("Это не ссылка на диалог с этим сообществом");
  });
}
