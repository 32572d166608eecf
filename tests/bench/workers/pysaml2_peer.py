"""pysaml2, which asks the program xmlsec1 about each signature."""

import os
from urllib.parse import parse_qs

from saml2 import BINDING_HTTP_POST
from saml2.client import Saml2Client
from saml2.config import SPConfig

from bench.workers.loop import facts, folder, serve


def main() -> None:
    here, described = folder(), facts()
    config = SPConfig()
    config.load(
        {
            "entityid": described["entity_id"],
            "metadata": {"local": [str(here / "idp.xml")]},
            "key_file": str(here / "sp.key"),
            "cert_file": str(here / "sp.pem"),
            "accepted_time_diff": 60,
            "allow_unknown_attributes": True,
            "service": {
                "sp": {
                    "endpoints": {
                        "assertion_consumer_service": [(described["acs"], BINDING_HTTP_POST)]
                    },
                    "want_assertions_signed": True,
                    "want_response_signed": False,
                    "allow_unsolicited": False,
                }
            },
        }
    )
    client = Saml2Client(config=config)

    def verify(post: dict[str, str]) -> str:
        encoded = parse_qs(post["body"])["SAMLResponse"][0]
        outstanding = {post["request_id"]: "/"}
        response = client.parse_authn_request_response(encoded, BINDING_HTTP_POST, outstanding)
        return str(response.ava["nlEduPersonRealId"][0])

    serve(verify, _with_children)


def _with_children() -> int:
    """xmlsec1 runs in processes of its own: their time is part of a response's."""
    spent = os.times()
    return int(1e9 * (spent.user + spent.system + spent.children_user + spent.children_system))


if __name__ == "__main__":
    main()
