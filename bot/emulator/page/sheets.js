// The small forms above the page: a new person or conversation, a link to open, a title, a forged press.

import { element } from "./elements.js";

/** Opens a form; `submitted(values)` may throw, its message is then shown and the form stays. */
function ask(id, submitted) {
  const sheet = document.getElementById(id);
  const form = sheet.querySelector("form");
  const wrong = form.querySelector(".wrong") ?? finish(sheet, form);
  form.reset();
  wrong.textContent = "";
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
  return form;
}

/** The end that all forms have in common: what is wrong, a way back, and what the form does. */
function finish(sheet, form) {
  const wrong = element("p", { class: "wrong", role: "alert" });
  form.append(wrong, element("div", { class: "sheet-buttons" },
    element("button", { type: "button", class: "soft", click: () => sheet.close() }, "Отмена"),
    element("button", { class: "filled" }, form.dataset.does)));
  return wrong;
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

/** `create({title, owner, members})`: the ids of persons; at least the owner is there. */
export function askNewConversation(messenger, create) {
  const form = ask("new-conversation", async ({ title, owner }) => {
    if (!title.trim()) throw new Error("Нужно название");
    const chosen = new FormData(form).getAll("member").map(Number);
    const members = chosen.filter((id) => id !== Number(owner));
    await create({ title: title.trim(), owner: Number(owner), members });
  });
  const ids = [...messenger.persons.keys()].sort((one, other) => one - other);
  const options = ids.map((id) => element("option", { value: id }, messenger.name(id)));
  form.elements.owner.replaceChildren(...options);
  form.querySelector(".member-choice").replaceChildren(...ids.map((id) => element("label", { class: "check" },
    element("input", { type: "checkbox", name: "member", value: id }), messenger.name(id))));
}

/** `rename(title)` may refuse. */
export function askTitle(title, rename) {
  const form = ask("new-title", async (told) => {
    if (!told.title.trim()) throw new Error("Нужно название");
    await rename(told.title.trim());
  });
  form.elements.title.value = title;
}

/** `forge({kind, label, payload})`: a press of a button that no keyboard ever had, `kind` "callback" or "text". */
export function askForgery(forge) {
  return ask("forge", async (told) => {
    try {
      JSON.parse(told.payload);
    } catch {
      throw new Error("Это не JSON");
    }
    await forge(told);
  });
}
