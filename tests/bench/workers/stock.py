"""python3-saml as its manual uses it: settings built at each call."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from onelogin.saml2.auth import OneLogin_Saml2_Auth

from bench.workers.loop import facts, folder, serve


def settings() -> dict[str, object]:
    described, here = facts(), folder()
    return {
        "strict": True,
        "sp": {
            "entityId": described["entity_id"],
            "assertionConsumerService": {"url": described["acs"]},
            "x509cert": (here / "sp.pem").read_text(),
            "privateKey": (here / "sp.key").read_text(),
        },
        "idp": {
            "entityId": described["hub"],
            "singleSignOnService": {"url": described["sso_url"]},
            "x509cert": (here / "idp.pem").read_text(),
        },
        "security": {"wantAssertionsSigned": True, "requestedAuthnContext": False},
    }


def main() -> None:
    described = settings()
    url = urlsplit(facts()["acs"])

    def verify(post: dict[str, str]) -> str:
        form = {name: values[0] for name, values in parse_qs(post["body"]).items()}
        request = {
            "https": "on",
            "http_host": url.netloc,
            "script_name": url.path,
            "get_data": {},
            "post_data": form,
        }
        auth = OneLogin_Saml2_Auth(request, described)
        auth.process_response(request_id=post["request_id"])
        if auth.get_errors():
            return str(auth.get_last_error_reason())
        return str(auth.get_attributes()["nlEduPersonRealId"][0])

    serve(verify)


main()
