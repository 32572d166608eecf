// Asks the API whose session this is, as Numo's own app does: another origin, the same site.
const show = (id) => { document.getElementById(id).hidden = false; };
const say = (text) => { document.getElementById("greeting").textContent = text; };

function welcome(session) {
  const facts = {
    name: `${session.given_name} ${session.surname}`,
    role: session.role,
    school: `${session.school.name} (${session.school.brin})`,
    persoonscode: session.persoonscode,
    expires_at: new Date(session.expires_at).toLocaleTimeString(),
  };
  for (const cell of document.querySelectorAll("[data-field]")) {
    cell.textContent = facts[cell.dataset.field];
  }
  say(`Welcome, ${session.given_name}`);
  show("facts");
  show("in");
}

async function ask() {
  const api = document.getElementById("session").dataset.api;
  const answer = await fetch(`${api}/v1/session`, { credentials: "include" });
  if (answer.ok) {
    welcome(await answer.json());
  } else if (answer.status === 401) {
    await answer.text(); // a body that nobody reads keeps the request open
    say("Hello");
    show("out");
  } else {
    throw new Error(`status ${answer.status}`);
  }
}

// A page that comes back from the browser's history asks again: somebody else may sit there now.
window.addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });
ask().catch(() => { say("Hello"); show("failed"); });
