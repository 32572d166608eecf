// Asks the API whose session this is, as Numo's own app does: another origin, the same site.
const NOTICE = 60; // seconds before the end: see docs/session.md
const byId = (id) => document.getElementById(id);
const show = (id) => { byId(id).hidden = false; };
const say = (text) => { byId("greeting").textContent = text; };
const words = byId("session").dataset;
let planned;

function welcome(session) {
  const facts = {
    name: `${session.given_name} ${session.surname}`,
    role: words[session.role],
    school: `${session.school.name} (${session.school.brin})`,
    persoonscode: session.persoonscode,
    expires_at: new Date(session.expires_at).toLocaleTimeString(document.documentElement.lang),
  };
  for (const cell of document.querySelectorAll("[data-field]")) {
    cell.textContent = facts[cell.dataset.field];
  }
  say(words.welcome.replace("{name}", () => session.given_name));
  show("facts");
  show("in");
  plan(session);
}

async function ask(query = "") {
  const api = byId("session").dataset.api;
  const answer = await fetch(`${api}/v1/session${query}`, { credentials: "include" });
  if (answer.ok) {
    welcome(await answer.json());
  } else if (answer.status === 401) {
    await answer.text(); // a body that nobody reads keeps the request open
    for (const id of ["facts", "in", "notice"]) { byId(id).hidden = true; }
    say(words.hello);
    show("out");
  } else {
    throw new Error(`status ${answer.status}`);
  }
}

// A minute before the end it looks again, without using the session: another tab may have.
function plan(session) {
  clearTimeout(planned);
  const ending = session.seconds_left <= NOTICE;
  byId("notice").hidden = !ending;
  byId("stay").hidden = !session.renewable;
  byId("over").hidden = session.renewable;
  const wait = session.seconds_left + (ending ? 1 : -NOTICE);
  planned = setTimeout(() => { ask("?look=1").catch(fail); }, wait * 1000);
}

function fail() {
  say(words.hello);
  show("failed");
}

// A page that comes back from the browser's history asks again: somebody else may sit there now.
window.addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });
byId("stay").addEventListener("click", () => { ask().catch(fail); });
ask().catch(fail);
