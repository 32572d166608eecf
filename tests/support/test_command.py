"""The command ``numo-sso``, on a deployment in this process and over a true Lambda API."""

from __future__ import annotations

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from botocore.credentials import Credentials
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ProfileNotFound,
    ReadTimeoutError,
)

from kit.support import NOW, metadata
from numo_cli.aws_failures import explain
from numo_cli.failures import Exit, Failure
from numo_cli.lambda_client import SupportFunction, connect
from numo_cli.proof import Prover
from numo_cli.target import Target
from numo_sso.configuration import SPREAD_SECONDS
from numo_sso.support.keys.made import new_sp_key
from numo_sso.support.keys.steps import OVER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from typer.testing import Result

    from kit.support import Deployment

OUTPUTS = {
    "SupportFunctionName": "numo-sso-support",
    "SupportFunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-support",
    "StsUrl": "https://sts.eu-west-1.amazonaws.com",
}
AWS = Target(local=False, port=8600, profile=None, region="eu-west-1", stack="numo-sso")

PROVER = Prover(Credentials("key", "secret"), OUTPUTS["SupportFunctionArn"], OUTPUTS["StsUrl"])


def csv_file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "users.csv"
    path.write_text("\n".join(("Stamnr;Voornaam;Achternaam;IDGebr", *lines)), "utf-8")
    return str(path)


def test_a_school_goes_from_mail_to_active(petteflat: Callable[..., Result]) -> None:
    """Activated, shown, listed, suspended and resumed, each with a plain line."""
    assert "Flat (petteflat) is active." in petteflat("school", "show", "petteflat").stdout
    listed = petteflat("school", "list").stdout.splitlines()
    assert listed[1].split() == ["Entrance", "Name", "State", "BRIN", "Changed", "Ticket"]
    assert listed[2].split()[:4] == ["petteflat", "Flat", "active", "01AB"]
    assert "suspended" in petteflat("school", "suspend", "petteflat", "-t", "NUMO-1").stdout
    assert petteflat("school", "resume", "petteflat").exit_code == Exit.DONE


def test_a_school_asks_merges_and_gets_another_name(run: Callable[..., Result]) -> None:
    """Each step of a school's life is one command; what is next is said as it is typed."""
    asked = run("school", "request", "-e", "petteflat", "-b", "01AB", "--name", "Flat")
    assert "school activate --entrance petteflat" in asked.stdout.splitlines()[-1]
    assert "01AB" in run("school", "show", "petteflat").stdout
    assert run("school", "activate", "-e", "petteflat").exit_code == Exit.DONE
    assert run("school", "rename", "petteflat", "Flat Lyceum").exit_code == Exit.DONE
    merged = ("petteflat", "02CD", "--from", "2026-09-01", "--until", "2027-08-01", "-t", "NUMO-1")
    assert "from 2026-09-01 until 2027-08-01" in run("school", "brin", "add", *merged).stdout
    run("school", "request", "-e", "noord", "-b", "03EF", "--name", "Noord")
    moved = run("school", "brin", "move", "petteflat", "01AB", "noord", "--from", "2026-09-01")
    assert "school activate --entrance noord" in moved.stdout
    ended = run("school", "brin", "end", "noord", "01AB", "--until", "2026-12-01", "--dry-run")
    assert "from 2026-09-01 until 2026-12-01" in ended.stdout
    listed = {line.split()[0]: line.split() for line in run("school", "list").stdout.splitlines()}
    assert (listed["petteflat"][4], listed["noord"][3]) == ("01AB", "03EF")
    refused = run("school", "brin", "end", "noord", "9ZZZ")
    assert refused.exit_code == Exit.REFUSED


def test_a_check_ends_in_whose_move_it_is(
    petteflat: Callable[..., Result], numo: Deployment
) -> None:
    """What was found, who came, and at last the one line; for programs all of it."""
    elo: dict[str, Any] = {"authority": "https://elo.example/idp", "realm": "flat"}
    numo.leave_traces("realid-missing", "user-unknown", entrance="petteflat", brin="01AB", **elo)
    lines = petteflat("school", "check", "petteflat").stdout.splitlines()
    assert lines[0] == "Flat (petteflat) is not ready."
    assert any(line.startswith("✗  There are no users.") for line in lines)
    provider = "https://elo.example/idp flat 0 2 2026-08-24 06:29"
    assert provider.split() in [line.split() for line in lines]
    assert "users import FILE --entrance petteflat" in lines[-1]
    document = json.loads(petteflat("school", "check", "petteflat", "--json").stdout)
    assert (document["data"]["ready"], document["data"]["owner"]) == (False, "school")


def test_tables_come_first_and_next_steps_last(run: Callable[..., Result]) -> None:
    """What to do stands at the end of every answer, where the eye is when it has been printed."""
    for typed in ("keys create", "keys create sp", "keys publish sp"):
        run(*typed.split())
    run("school", "activate", "-e", "petteflat", "-b", "01AB", "--create", "--name", "Flat")
    for typed in ("keys list", "school show petteflat", "metadata show"):
        lines = run(*typed.split()).stdout.splitlines()
        steps = [line.startswith("  →") for line in lines]
        assert len(steps) > 2
        assert steps == sorted(steps)
        assert steps[-1]


def test_a_refusal_is_a_line_and_a_hint(run: Callable[..., Result]) -> None:
    """The error goes to stderr, the exit code is 1, and nothing is on stdout."""
    done = run("school", "activate", "--entrance", "petteflat", "--brin", "O1AB")
    assert done.exit_code == Exit.REFUSED
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith("brin-malformed: ")
    assert "Did you mean 01AB?" in second


def test_nothing_is_coloured_in_a_pipe(petteflat: Callable[..., Result]) -> None:
    """Programs and files get no escape codes."""
    done = petteflat("school", "list")
    assert "\x1b" not in done.stdout + done.stderr


def test_programs_get_json(petteflat: Callable[..., Result]) -> None:
    """With --json every answer and every refusal is one JSON document."""
    done = petteflat("--json", "school", "list")
    assert json.loads(done.stdout)["data"]["schools"][0]["entrance"] == "petteflat"
    refused = petteflat("--json", "school", "show", "nergens")
    assert json.loads(refused.stdout)["error"]["code"] == "entrance-unknown"
    assert refused.exit_code == Exit.REFUSED


def test_an_import_shows_what_changes_and_then_does_it(
    petteflat: Callable[..., Result], numo: Deployment, tmp_path: Path
) -> None:
    """The reading, the plan and the result are told; a second time nothing is left to do."""
    path = csv_file(tmp_path, "0140136;Zoë;Puk;77001", "0140137;Bo;Smit;")
    done = petteflat("users", "import", path, "--entrance", "petteflat", "--yes")
    assert done.exit_code == Exit.DONE
    assert "separated by semicolon" in done.stdout
    assert "persoonscode ← Stamnr" in done.stdout
    assert "Done: 2 new, 0 changed" in done.stdout
    assert len(numo.roster("petteflat")) == 3
    again = petteflat("users", "import", path, "-e", "petteflat")
    assert "There is nothing to change." in again.stdout


def test_an_import_asks_and_a_script_must_say_yes(
    petteflat: Callable[..., Result], numo: Deployment, tmp_path: Path
) -> None:
    """Where nobody can be asked nothing is written without --yes."""
    path = csv_file(tmp_path, "1;A;B;")
    done = petteflat("users", "import", path, "-e", "petteflat")
    assert isinstance(done.exception, Failure)
    assert (done.exception.exit_code, done.exception.code) == (Exit.USAGE, "not-confirmed")
    dry = petteflat("users", "import", path, "-e", "petteflat", "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[-1]) == (Exit.DONE, "Nothing was changed.")
    assert numo.roster("petteflat") == {}


def test_bad_lines_stop_an_import_unless_skipped(
    petteflat: Callable[..., Result], numo: Deployment, tmp_path: Path
) -> None:
    """Every bad line is shown with its reason, those of the file and those of the function."""
    path = csv_file(tmp_path, "1;A;B;", ";C;D;", "2;E", "1,4E+05;F;G;")
    done = petteflat("users", "import", path, "-e", "petteflat", "--yes")
    assert done.exit_code == Exit.REFUSED
    lines = [line.split()[:2] for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert ["3", "persoonscode"] in lines
    assert ["4", "line"] in lines
    assert ["5", "persoonscode"] in lines
    assert numo.roster("petteflat") == {}
    done = petteflat("users", "import", path, "-e", "petteflat", "--yes", "--skip-invalid")
    assert done.exit_code == Exit.DONE
    assert set(numo.roster("petteflat")) == {"persoonscode#1"}


def test_an_import_without_one_good_line_is_refused(
    petteflat: Callable[..., Result], tmp_path: Path
) -> None:
    """Skipping every line is no import, so a script learns of it."""
    path = csv_file(tmp_path, ";C;D;")
    done = petteflat("users", "import", path, "-e", "petteflat", "--yes", "--skip-invalid")
    assert done.exit_code == Exit.REFUSED
    assert done.stdout.startswith("1 line; ")
    assert "No line could be imported." in done.stderr


def test_idgebrs_move_when_the_file_says_so(
    petteflat: Callable[..., Result], numo: Deployment, tmp_path: Path
) -> None:
    """Two who exchange IDGebrs in far parts of a file do; one from outside it needs the word."""
    many = [f"9{n:05};A;B;" for n in range(600)]
    first = csv_file(tmp_path, "1;A;B;71", "2;A;B;72", "3;A;B;73")
    assert petteflat("users", "import", first, "-e", "petteflat", "--yes").exit_code == Exit.DONE
    exchanged = csv_file(tmp_path, "1;A;B;72", *many, "2;A;B;71")
    plan = petteflat("--json", "users", "import", exchanged, "-e", "petteflat", "--dry-run")
    assert json.loads(plan.stdout)["data"]["counts"]["moved"] == 2
    short = csv_file(tmp_path, "1;A;B;72", "2;A;B;71")
    assert petteflat("users", "import", short, "-e", "petteflat", "--yes").exit_code == Exit.DONE
    assert numo.roster("petteflat")["idgebr#72"]["persoonscode"] == "1"
    taken = ("users", "import", csv_file(tmp_path, "4;A;B;73"), "-e", "petteflat", "--yes")
    assert petteflat(*taken).exit_code == Exit.REFUSED
    assert petteflat(*taken, "--move-idgebr").exit_code == Exit.DONE
    assert numo.roster("petteflat")["idgebr#73"]["persoonscode"] == "4"


def test_an_import_for_programs_is_one_document(
    petteflat: Callable[..., Result], tmp_path: Path
) -> None:
    """With --json the counts and the bad lines come as JSON, dry or not."""
    path = csv_file(tmp_path, "1;A;B;", ";C;D;")
    done = petteflat("--json", "users", "import", path, "-e", "petteflat", "--yes")
    document = json.loads(done.stdout)
    assert done.exit_code == Exit.REFUSED
    assert document["ok"] is False
    assert document["error"]["code"] == "rows-invalid"
    assert document["data"]["invalid"][0]["line"] == 3
    path = csv_file(tmp_path, "1;A;B;")
    done = petteflat("--json", "users", "import", path, "-e", "petteflat", "--yes")
    assert json.loads(done.stdout)["data"]["counts"]["new"] == 1


def test_keys_metadata_and_sessions_have_their_commands(
    run: Callable[..., Result], numo: Deployment, tmp_path: Path
) -> None:
    """Each is one command; what cannot be undone asks first."""
    assert run("keys", "create").exit_code == Exit.DONE
    assert run("metadata", "refresh").exit_code == Exit.DONE
    document = tmp_path / "hub.xml"
    document.write_bytes(numo.metadata)
    assert "nothing new" in run("metadata", "refresh", "--file", str(document)).stdout
    assert isinstance(run("keys", "create", "pseudonym").exception, Failure)
    numo.now += OVER_SECONDS
    assert run("keys", "create", "pseudonym", "--yes").exit_code == Exit.DONE
    assert isinstance(run("sessions", "revoke-all").exception, Failure)
    assert run("sessions", "revoke-all", "--yes").exit_code == Exit.DONE


def test_a_rollover_is_four_commands(run: Callable[..., Result], numo: Deployment) -> None:
    """The list says what is next; what only a person can know is asked."""
    for words in (("create",), ("create", "sp"), ("publish", "sp")):
        assert run("keys", *words).exit_code == Exit.DONE
    assert "→ keys promote sp, from 2026-08-24T06:36:00Z on, once" in run("keys", "list").stdout
    assert isinstance(run("keys", "promote", "sp").exception, Failure)
    assert "key-too-young" in run("keys", "promote", "sp", "--yes").stderr
    numo.now += SPREAD_SECONDS
    assert run("keys", "promote", "sp", "--yes").exit_code == Exit.DONE
    assert isinstance(run("keys", "retire", "sp").exception, Failure)
    assert "key-still-needed" in run("keys", "retire", "sp", "--yes").stderr
    numo.now += OVER_SECONDS
    assert run("keys", "retire", "sp", "--yes").exit_code == Exit.DONE
    listed = run("keys", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["3", "Kind", "sp", "cookie", "pseudonym"]
    assert json.loads(run("--json", "keys", "list").stdout)["data"]["next"] == []


def test_what_fails_logins_asks_first(run: Callable[..., Result]) -> None:
    """Without --now nothing has to be asked about a cookie key."""
    assert run("keys", "create").exit_code == Exit.DONE
    assert run("keys", "retire", "cookie").exit_code == Exit.DONE
    assert isinstance(run("keys", "retire", "cookie", "--now").exception, Failure)


def test_metadata_is_shown_confirmed_and_restored(
    run: Callable[..., Result], numo: Deployment
) -> None:
    """From what waits to what is in force, by the very command that the answer names."""
    assert "never" in run("metadata", "show").stdout
    run("metadata", "refresh")
    numo.metadata = metadata(new_sp_key("hub2", NOW - 60)["certificate"])
    held = run("metadata", "refresh").stdout
    typed = held.splitlines()[-1].partition("metadata confirm ")[2].split()
    assert f"metadata confirm {typed[0]}" in run("metadata", "show").stdout
    assert run("metadata", "confirm", *typed).exit_code == Exit.USAGE
    assert run("metadata", "confirm", *typed, "--ticket", "NUMO-1").exit_code == Exit.DONE
    shown = run("metadata", "show").stdout
    assert typed[0] in shown
    assert "3652 days left" in shown
    assert "Version  Since" in shown
    assert isinstance(run("metadata", "restore", "1").exception, Failure)
    assert run("metadata", "restore", "1", "--yes").exit_code == Exit.DONE
    refused = run("--json", "metadata", "restore", "9", "--yes")
    assert json.loads(refused.stdout)["error"]["code"] == "metadata-version-unknown"


def test_a_provider_goes_from_waiting_to_accepted(
    petteflat: Callable[..., Result], numo: Deployment
) -> None:
    """The list shows who waits, and ends with the command that lets them in."""
    model = numo.world.tables.learned
    fields: dict[str, Any] = {"authority": "https://elo.example/idp", "realm": "flat", "ttl": 1}
    model(model.waiting_key("petteflat"), "0#R", seen_at=int(numo.now), **fields).save()
    listed = petteflat("school", "realm", "list", "petteflat").stdout.splitlines()
    assert listed[0] == "Flat (petteflat), mode learn: 1 waiting, 0 learned, 0 accepted."
    assert listed[1].split() == ["State", "Authority", "Realm", "Logins", "First", "Last"]
    row = "waiting https://elo.example/idp flat 1 2026-08-24 06:30 2026-08-24 06:30"
    assert listed[2].split() == row.split()
    assert "school realm add petteflat --authority AUTHORITY --realm REALM" in listed[-1]
    assert (
        "0 accepted, 0 learned, mode learn; 1 waiting"
        in petteflat("school", "show", "petteflat").stdout
    )
    pair = ("petteflat", "--authority", "https://elo.example/idp", "--realm", "flat")
    assert petteflat("school", "realm", "add", *pair, "--dry-run").exit_code == Exit.DONE
    assert petteflat("school", "realm", "add", *pair, "-t", "NUMO-5").exit_code == Exit.DONE
    document = json.loads(petteflat("school", "realm", "list", "petteflat", "--json").stdout)
    assert document["data"]["realms"][0]["state"] == "accepted"


def test_a_school_can_be_held_to_its_providers(petteflat: Callable[..., Result]) -> None:
    """Enforced, its last provider ends with --yes only; a hub that names nobody is said plainly."""
    realm = ("petteflat", "--realm", "flat")
    assert "--no-authority" in petteflat("school", "realm", "add", *realm).stderr
    named = ("school", "realm", "add", *realm, "--no-authority")
    assert "Mind that" in petteflat(*named).stdout
    assert petteflat("school", "realm", "enforce", "petteflat").exit_code == Exit.DONE
    end = ("school", "realm", "end", *realm, "--no-authority")
    refused = petteflat(*end)
    assert refused.exit_code == Exit.REFUSED
    assert "with --yes" in refused.stderr
    assert petteflat(*end, "--yes", "--end-sessions").exit_code == Exit.DONE
    assert petteflat("school", "realm", "learn", "petteflat").exit_code == Exit.DONE


@pytest.mark.parametrize("arguments", [("school", "x"), ("users", "import"), ("--port", "0")])
def test_wrong_usage_has_its_own_code(run: Callable[..., Result], arguments: tuple[str]) -> None:
    """Shell scripts tell a mistake in the command from a refusal."""
    assert run(*arguments).exit_code == Exit.USAGE


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (NoCredentialsError(), "credentials-missing", "aws sso login"),
        (NoRegionError(), "region-missing", "--region"),
        (ProfileNotFound(profile="x"), "profile-unknown", "list-profiles"),
        (EndpointConnectionError(endpoint_url="x"), "aws-unreachable", "network"),
        (ReadTimeoutError(endpoint_url="x"), "no-answer-yet", "again"),
        ("AccessDeniedException", "right-missing", "lambda:InvokeFunction"),
        ("ExpiredTokenException", "credentials-expired", "aws sso login"),
        ("UnrecognizedClientException", "credentials-refused", "get-caller-identity"),
        ("ValidationError", "stack-unknown", "--stack"),
        ("ResourceNotFoundException", "function-unknown", "--stack"),
        ("ServiceException", "aws-refused", "again"),
    ],
)
def test_what_is_missing_is_named(error: Exception | str, code: str, word: str) -> None:
    """Without connection or rights the line says what is missing and which command gives it."""
    if isinstance(error, str):
        error = ClientError({"Error": {"Code": error}}, "Invoke")
    failure = explain(error, AWS, "lambda:InvokeFunction")
    assert (failure.exit_code, failure.code) == (Exit.UNREACHABLE, code)
    assert word in failure.hint


def _describe_stacks(stack: str) -> tuple[int, str]:
    """CloudFormation's answer: two stacks, of which one has the output, and no other."""
    if stack not in {"numo-sso", "other"}:
        error = "<Code>ValidationError</Code><Message>does not exist</Message>"
        return 400, f"<ErrorResponse><Error>{error}</Error></ErrorResponse>"
    output = "".join(
        f"<member><OutputKey>{key}</OutputKey><OutputValue>{value}</OutputValue></member>"
        for key, value in OUTPUTS.items()
    )
    found = (
        f"<member><StackName>{stack}</StackName>"
        f"<Outputs>{output if stack == 'numo-sso' else ''}</Outputs></member>"
    )
    result = f"<DescribeStacksResult><Stacks>{found}</Stacks></DescribeStacksResult>"
    return 200, f"<DescribeStacksResponse>{result}</DescribeStacksResponse>"


class _Api(BaseHTTPRequestHandler):
    """Lambda's Invoke API as a local stack serves it, and CloudFormation beside it."""

    def do_POST(self) -> None:  # the server's name for it
        content = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/":
            self._answer(*_describe_stacks(parse_qs(content.decode())["StackName"][0]))
            return
        request = json.loads(content)
        broken = {"X-Amz-Function-Error": "Unhandled"} if request["action"] == "school.list" else {}
        answer = {"ok": True, "path": self.path, "request": request}
        self._answer(200, json.dumps(answer), broken)

    def _answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def api() -> Iterator[Target]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Api)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield Target(local=True, port=server.server_port, profile=None, region=None, stack="")
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_function_is_found_by_the_stack(api: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against AWS the stack's output names the function; a stack without it is told."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFORMATION", api.local_url)
    found = connect(AWS)
    assert found.name == "numo-sso-support"
    assert found.prover.function_arn.endswith(":function:numo-sso-support")
    assert found.prover.sts_url == "https://sts.eu-west-1.amazonaws.com"
    for stack, code in (("other", "stack-without-support"), ("nothing", "stack-unknown")):
        with pytest.raises(Failure) as failure:
            connect(replace(AWS, stack=stack))
        assert failure.value.code == code
        assert failure.value.exit_code == Exit.UNREACHABLE


def test_a_local_stack_is_asked_by_boto3(api: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """The local stack needs no credentials, and no proxy stands in between."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    function = connect(api)
    answer = function.invoke({"action": "school.show", "entrance": "é"})
    function.client.close()
    assert answer["path"] == "/2015-03-31/functions/support/invocations"
    assert answer["request"]["entrance"] == "é"


def test_a_function_that_breaks_down_is_told(api: Target) -> None:
    """A crash of the function is no answer; the log is where to look."""
    function = connect(api)
    with pytest.raises(Failure) as failure:
        function.invoke({"action": "school.list"})
    function.client.close()
    assert failure.value.code == "function-failed"
    assert "logs" in failure.value.hint


@pytest.mark.parametrize("code", ["405", "ServiceException"])
def test_another_server_on_the_port_is_no_local_stack(code: str) -> None:
    """What answers there is not AWS, so the line names the port."""
    local = Target(local=True, port=8601, profile=None, region=None, stack="")
    failure = explain(ClientError({"Error": {"Code": code}}, "Invoke"), local, "right")
    assert (failure.exit_code, failure.code) == (Exit.UNREACHABLE, "local-unreachable")
    assert failure.message == "What answers on port 8601 is not the local stack's API."
    with pytest.raises(Failure) as stranger:
        SupportFunction(_Page(), "support", local, PROVER).invoke({"action": "school.list"})
    assert stranger.value.message == failure.message


def test_without_credentials_nothing_is_asked() -> None:
    """A session that has none, or that cannot renew them, says how to get some."""
    nobody = Prover(None, OUTPUTS["SupportFunctionArn"], OUTPUTS["StsUrl"])
    with pytest.raises(Failure) as failure:
        SupportFunction(_Page(), "support", AWS, nobody).invoke({"action": "school.list"})
    assert (failure.value.exit_code, failure.value.code) == (
        Exit.UNREACHABLE,
        "credentials-missing",
    )


def test_an_argument_that_is_no_text_is_told_and_not_sent() -> None:
    """As the shell hands bytes over that are not UTF-8: é in Latin-1."""
    name = b"Andr\xe9".decode("utf-8", "surrogateescape")
    with pytest.raises(Failure) as failure:
        SupportFunction(None, "support", AWS, PROVER).invoke({"action": "users.find", "name": name})
    assert (failure.value.exit_code, failure.value.code) == (Exit.USAGE, "argument-unreadable")
    assert "UTF-8" in failure.value.message


class _Page:
    """A client of a server that answers everything with a page."""

    def invoke(self, **_: object) -> dict[str, Any]:
        return {"Payload": BytesIO(b"<html>")}


def test_a_local_stack_that_does_not_run_is_told_how_to_start() -> None:
    """The hint is the command that starts one on that port."""
    function = connect(Target(local=True, port=9, profile=None, region=None, stack=""))
    with pytest.raises(Failure) as failure:
        function.invoke({"action": "school.list"})
    assert failure.value.code == "local-unreachable"
    assert "numo-sso local --port 9" in failure.value.hint
