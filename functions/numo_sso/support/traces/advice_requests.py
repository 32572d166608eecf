"""Advice on what is no verified login: requests, starts, sessions and our own failures."""

from __future__ import annotations

_AGAIN = "start again in the elo, in an ordinary window."

REQUESTS: dict[str, tuple[str, str]] = {
    # The request itself
    "not-found": (
        "A path was asked that does not exist.",
        (
            "correct the link: it is the stack's output StartUrl. The school's, if the link is in "
            "its elo."
        ),
    ),
    "method-not-allowed": (
        "A known path was asked in a way that it does not have: mostly a bookmark halfway a login.",
        "start from the elo. Many of one school: have its link end in /v1/sso.",
    ),
    "request-malformed": (
        "The link could not be read, or names something twice.",
        "use the plain StartUrl in the elo, with a target that is encoded once.",
    ),
    # The start
    "started": (
        "The browser was sent to Entree, and this is all that is known: it has not come back.",
        (
            "wait for it. Did it stop at Entree? Then the school has not activated Numo there: "
            "trace.left_at_hub shows who never returns."
        ),
    ),
    "target-refused": (
        "The link wants to end at a place that is not Numo's, or at one that is too long.",
        "correct the link in the elo: a path such as ?target=/lesson/7.",
    ),
    "metadata-answered": ("Our SAML metadata was fetched.", "nothing."),
    # A response that was not verified
    "body-unsupported": (
        "Something was posted that is no form; no browser does that in a login.",
        f"{_AGAIN} One school again and again: ask about its proxy or filter.",
    ),
    "body-too-large": (
        "The response is far larger than a real one.",
        "start again. A whole school: have its identity provider release fewer attributes.",
    ),
    "body-malformed": (
        "The form came without its response: mostly a page that was loaded again.",
        _AGAIN,
    ),
    "too-many-failures": (
        "This browser or this address failed too often, and was not heard.",
        "wait a minute, then start again in the elo. The failures before it say what is wrong.",
    ),
    "response-malformed": (
        "The response has a form that we do not take.",
        (
            "one: keep the reference and tell the security contact. All schools: Entree changed "
            "what it sends; call Kennisnet."
        ),
    ),
    "flow-missing": (
        "The answer came to a browser that did not bring its cookie along.",
        (
            f"{_AGAIN} Cookies must be allowed, and Numo must not run in a frame or in an app's "
            "own browser; a whole school: have its elo open Numo in a new tab."
        ),
    ),
    "flow-expired": (
        "The answer came more than ten minutes after the click.",
        "start again in the elo, and log in within ten minutes.",
    ),
    "hub-refused": (
        "Entree says that the login did not succeed.",
        (
            "one user: start again. One school: its administrator checks Numo in the Entree portal "
            "('Diensten activeren'). All schools: call Kennisnet."
        ),
    ),
    "response-untrusted": (
        "The signature is by no certificate that we hold valid for Entree.",
        (
            "all schools: metadata.refresh, at once. One: keep the reference and tell the security "
            "contact."
        ),
    ),
    "response-expired": (
        "The answer was too old, or its clock differs from ours by more than a minute.",
        "start again in the elo. Many: compare the clock differences, then call Kennisnet.",
    ),
    "response-refused": (
        "Entree signed it, but not for this request or not for us.",
        "all schools: roll back the last deployment, or correct what Kennisnet has registered.",
    ),
    # Sessions
    "session-answered": ("Numo asked who is logged in, and was told.", "nothing."),
    "session-missing": (
        "No session came along, or it is over.",
        "log in again, from the elo.",
    ),
    "session-ambiguous": (
        "Two session cookies came; both were cleared.",
        "log in again, from the elo.",
    ),
    "origin-refused": (
        "A page on an origin that is not Numo's asked for a session.",
        "is it a new part of Numo? Add it to AppOrigins and deploy. Else nothing.",
    ),
    "logout-asked": ("The page with the log-out button was shown.", "nothing."),
    "logged-out": (
        "The session was ended. The elo is still logged in.",
        "nothing. On a shared computer: log out of the elo too.",
    ),
    # Our own failures
    "storage-failed": (
        "Our storage did not answer. Nothing was half done.",
        (
            "the user waits ten seconds and starts again. Many: see DynamoDB's metrics and AWS "
            "Health, and roll back a deployment of just now."
        ),
    ),
    "not-configured": (
        "A parameter of this deployment is missing or unreadable; the detail names it.",
        "keys.list and metadata.show say which; keys.create makes keys that are missing.",
    ),
    "unexpected": (
        "Something happened that our code did not foresee.",
        "look in the log for the line 'exception' of this request, and report the defect.",
    ),
}
