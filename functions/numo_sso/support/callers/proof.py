"""The proof of who asks, as both sides know it: the command makes it, the function checks it.

It is a presigned ``GetCallerIdentity``: a request to STS that only the caller's credentials can
sign, that anybody may send, and that can do nothing else. Two headers of ours are signed with it,
so that it proves this request to this function only.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD = "proof"
"""Field of a request that holds the presigned URL."""
SECONDS = 60
"""How long a proof may hold. STS itself takes it for fifteen minutes, whatever it says."""
OPERATION = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
_FUNCTION = "x-numo-sso-function"
_REQUEST = "x-numo-sso-request"


def signed_headers(request: Mapping[str, Any], function_arn: str) -> dict[str, str]:
    """The headers by which a proof belongs to ``request``, in the order in which they are signed.

    The request's hash is that of its JSON without the proof: keys in order of code points, no white
    space, what is not ASCII escaped.
    """
    asked = {name: value for name, value in request.items() if name != FIELD}
    canonical = json.dumps(asked, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return {_FUNCTION: function_arn, _REQUEST: digest}
