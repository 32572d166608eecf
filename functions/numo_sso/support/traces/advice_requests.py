"""Advice on what is no verified login: requests, starts, sessions and our own failures."""

from __future__ import annotations

from numo_sso.support.speech import later

REQUESTS: dict[str, tuple[str, str]] = {
    # The request itself
    "not-found": (
        later("A path was asked that does not exist."),
        later(
            "correct the link: it is the stack's output StartUrl. The school's, if "
            "the link is in its elo."
        ),
    ),
    "method-not-allowed": (
        later(
            "A known path was asked in a way that it does not have: mostly a "
            "bookmark halfway a login."
        ),
        later("start from the elo. Many of one school: have its link end in /v1/sso."),
    ),
    "request-malformed": (
        later("The link could not be read, or names something twice."),
        later("use the plain StartUrl in the elo, with a target that is encoded once."),
    ),
    # The start
    "started": (
        later(
            "The browser was sent to Entree, and this is all that is known: it has not come back."
        ),
        later(
            "wait for it. Did it stop at Entree? Then the school has not activated "
            "Numo there: trace.left_at_hub shows who never returns."
        ),
    ),
    "target-refused": (
        later("The link wants to end at a place that is not Numo's, or at one that is too long."),
        later("correct the link in the elo: a path such as ?target=/lesson/7."),
    ),
    "metadata-answered": (later("Our SAML metadata was fetched."), later("nothing.")),
    "guide-shown": (later("The guide for schools was shown."), later("nothing.")),
    "button-answered": (later("The button for the elo was fetched."), later("nothing.")),
    "test-started": (
        later("A test of the connection was begun, and this is all that is known of it."),
        later("wait for it. Did it stop at Entree? Then the school has not activated Numo there."),
    ),
    # A browser that cannot carry a login
    "framed": (
        later("Numo was opened as a part of another page, where no browser lets anybody log in."),
        later("have its link in the elo open a tab of its own."),
    ),
    "cookies-blocked": (
        later("The browser gave no cookie of ours back, also after starting again."),
        later(
            "allow cookies for Numo, in an ordinary window. A class: its filter or its computers."
        ),
    ),
    # A response that was not verified
    "body-unsupported": (
        later("Something was posted that is no form; no browser does that in a login."),
        later(
            "start again in the elo, in an ordinary window. One school again and again: ask about "
            "its proxy or filter."
        ),
    ),
    "body-too-large": (
        later("The response is far larger than a real one."),
        later("start again. A whole school: have its identity provider release fewer attributes."),
    ),
    "body-malformed": (
        later("The form came without its response: mostly a page that was loaded again."),
        later("start again in the elo, in an ordinary window."),
    ),
    "too-many-failures": (
        later("This browser or this address failed too often, and was not heard."),
        later(
            "wait a minute, then start again in the elo. The failures before it say what is wrong."
        ),
    ),
    "response-malformed": (
        later("The response has a form that we do not take."),
        later(
            "one: keep the reference and tell the security contact. All schools: "
            "Entree changed what it sends; call Kennisnet."
        ),
    ),
    "flow-missing": (
        later("The answer came to a browser that did not bring its cookie along."),
        later(
            "start again in the elo, in an ordinary window. Cookies must be allowed, and Numo "
            "must not run in a frame or in an app's own browser; a whole school: have its elo "
            "open Numo in a new tab."
        ),
    ),
    "flow-expired": (
        later("The answer came more than ten minutes after the click."),
        later("start again in the elo, and log in within ten minutes."),
    ),
    "hub-refused": (
        later("Entree says that the login did not succeed."),
        later(
            "one user: start again. One school: its administrator checks Numo in the "
            "Entree portal ('Diensten activeren'). All schools: call Kennisnet."
        ),
    ),
    "response-untrusted": (
        later("The signature is by no certificate that we hold valid for Entree."),
        later(
            "all schools: metadata.refresh, at once. One: keep the reference and "
            "tell the security contact."
        ),
    ),
    "response-expired": (
        later("The answer was too old, or its clock differs from ours by more than a minute."),
        later("start again in the elo. Many: compare the clock differences, then call Kennisnet."),
    ),
    "response-refused": (
        later("Entree signed it, but not for this request or not for us."),
        later(
            "all schools: roll back the last deployment, or correct what Kennisnet has registered."
        ),
    ),
    # Sessions
    "session-answered": (later("Numo asked who is logged in, and was told."), later("nothing.")),
    "session-missing": (
        later("No session came along, or it is over."),
        later("log in again, from the elo."),
    ),
    "session-ambiguous": (
        later("Two session cookies came; both were cleared."),
        later("log in again, from the elo."),
    ),
    "origin-refused": (
        later("A page on an origin that is not Numo's asked for a session."),
        later("is it a new part of Numo? Add it to AppOrigins and deploy. Else nothing."),
    ),
    "logout-asked": (later("The page with the log-out button was shown."), later("nothing.")),
    "logged-out": (
        later("The session was ended. The elo is still logged in."),
        later("nothing. On a shared computer: log out of the elo too."),
    ),
    # Our own failures
    "storage-failed": (
        later("Our storage did not answer. Nothing was half done."),
        later(
            "the user waits ten seconds and starts again. Many: see DynamoDB's "
            "metrics and AWS Health, and roll back a deployment of just now."
        ),
    ),
    "not-configured": (
        later("A parameter of this deployment is missing or unreadable; the detail names it."),
        later("keys.list and metadata.show say which; keys.create makes keys that are missing."),
    ),
    "unexpected": (
        later("Something happened that our code did not foresee."),
        later("look in the log for the line 'exception' of this request, and report the defect."),
    ),
}
