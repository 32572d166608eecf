"""lasso, the C library inside mod_auth_mellon; under Debian's own Python."""

from urllib.parse import parse_qs

import lasso

from bench.workers.loop import folder, serve


def main() -> None:
    here = folder()
    server = lasso.Server(str(here / "sp.xml"), str(here / "sp.key"), None, None)
    server.addProvider(lasso.PROVIDER_ROLE_IDP, str(here / "idp.xml"), None, None)

    def verify(post: dict[str, str]) -> str:
        login = lasso.Login(server)
        login.processAuthnResponseMsg(parse_qs(post["body"])["SAMLResponse"][0])
        login.acceptSso()
        for statement in login.assertion.attributeStatement:
            for attribute in statement.attribute:
                if attribute.name == "nlEduPersonRealId":
                    return str(attribute.attributeValue[0].any[0].content)
        return ""

    serve(verify)


if __name__ == "__main__":
    main()
