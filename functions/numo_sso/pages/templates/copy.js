for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button"), said = document.createElement("span");
  button.type = "button"; button.className = "copy"; button.textContent = text.dataset.copy;
  said.setAttribute("role", "status");
  button.onclick = () => navigator.clipboard.writeText(text.textContent)
    .then(() => { said.textContent = text.dataset.copied; })
    .catch(() => getSelection().selectAllChildren(text));
  if (navigator.clipboard) text.after(" ", button, " ", said);
}
