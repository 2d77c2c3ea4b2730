"""`noaber message check|show|normalise`, as somebody at a terminal meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_edxl_files import SECOND_EDITION, distribution, response

from noaber.cli.main import main
from noaber.core.messages.label_tables import CODES, ELEMENTS, LISTS
from noaber.core.messages.labels import LANGUAGES
from noaber.core.messages.xml import LIMIT_BYTES

ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>NL-2021-1</identifier><sender>desk@example.org</sender><sent>2021-07-14T18:00:00+02:00</sent>
<status>Exercise</status><msgType>%s</msgType><scope>Public</scope><note>Juli 2021</note>
<info><language>nl</language><category>Met</category><event>Hoogwater</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Observed</certainty></info>
</alert>"""


@pytest.fixture
def file(tmp_path: Path):
    """Writes a file and gives its name."""

    def write(content: str | bytes, name: str = "message.xml") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def verdicts(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_check_of_a_valid_file(file, capsys) -> None:
    name = file(ALERT % "Alert")
    assert main(["message", "check", name]) == 0
    assert verdicts(capsys) == [
        {
            "file": name,
            "standard": "CAP 1.2",
            "type": "Alert",
            "id": "NL-2021-1",
            "ok": True,
            "errors": [],
            "warnings": [],
        }
    ]


def test_check_says_what_is_wrong_and_where(file, capsys) -> None:
    assert main(["message", "check", file(ALERT % "Cancel")]) == 1
    (verdict,) = verdicts(capsys)
    assert verdict["ok"] is False
    assert verdict["errors"] == [
        {
            "line": 1,
            "element": "alert",
            "message": "A message of type Cancel needs references to the messages it is about.",
        }
    ]


def test_check_of_many_files_gives_a_line_each(file, capsys) -> None:
    names = [
        file(response(), "a.xml"),
        file(distribution(content=response()), "b.xml"),
        file(SECOND_EDITION % response(), "c.xml"),
        file("<alert>", "d.xml"),
        file("<html/>", "e.xml"),
    ]
    assert main(["message", "check", *names]) == 1
    found = verdicts(capsys)
    assert [verdict["file"] for verdict in found] == names
    assert [verdict["standard"] for verdict in found] == ["EDXL-RM 1.0", "EDXL-DE 1.0", "EDXL-DE 2.0", None, None]
    assert [verdict["type"] for verdict in found] == ["ResponseToRequestResource", "Report", "Request", None, None]
    assert [verdict["id"] for verdict in found] == ["M2", "D1", "D1", None, None]
    assert [verdict["ok"] for verdict in found] == [True, True, True, False, False]
    assert all(error["line"] == 1 and error["message"] for verdict in found[3:] for error in verdict["errors"])


def test_a_missing_file_is_unusable_input(file, tmp_path, capsys) -> None:
    missing = str(tmp_path / "nowhere.xml")
    assert main(["message", "check", missing, file(ALERT % "Alert")]) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 1
    assert captured.err == f"{missing} cannot be read: No such file or directory.\n"


@pytest.mark.parametrize("action", ["show", "normalise"])
@pytest.mark.parametrize("content", [None, b"", b"\x00\x01", b"<a", b"<html/>", b"<!DOCTYPE a><a/>"])
def test_show_and_normalise_refuse_what_is_no_message(file, tmp_path, capsys, action, content) -> None:
    name = str(tmp_path / "none.xml") if content is None else file(content)
    assert main(["message", action, name]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(name)
    assert captured.err.count(name) == 1
    assert captured.err.count("\n") == 1


def test_a_directory_and_a_strange_name_are_unusable_input(tmp_path, capsys) -> None:
    assert main(["message", "check", str(tmp_path)]) == 2
    assert main(["message", "check", "a\x00b"]) == 2
    assert main(["message", "show", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_a_file_over_the_limit_is_not_valid(file, capsys) -> None:
    assert main(["message", "check", file(b"<a>" + b"x" * LIMIT_BYTES)]) == 1
    assert verdicts(capsys)[0]["errors"] == [{"line": 1, "element": "", "message": "The file is larger than 5 MiB."}]


def test_of_a_file_that_is_wrong_everywhere_a_thousand_errors_are_listed(file, capsys) -> None:
    broken = ALERT.replace("<info>", "<x/>" * 1500 + "<info>", 1) % "Alert"
    assert main(["message", "check", file(broken)]) == 1
    errors = verdicts(capsys)[0]["errors"]
    assert len(errors) == 1001
    assert errors[-1]["message"] == "500 more problems are not listed."


WORDS = {
    "nl": ("Oefening", "Ernst: Ernstig", "Dringendheid: Onmiddellijk", "14-07-2021 18:00"),
    "fr": ("Exercice", "Gravité: Grave", "Urgence: Immédiate", "14/07/2021 18:00"),
    "de": ("Übung", "Schwere: Schwer", "Dringlichkeit: Sofort", "14.07.2021 18:00"),
    "en": ("Exercise", "Severity: Severe", "Urgency: Immediate", "2021-07-14 18:00"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_show_speaks_the_language(file, capsys, language) -> None:
    assert main(["message", "show", file(ALERT % "Alert"), "--lang", language]) == 0
    shown = capsys.readouterr().out
    for word in WORDS[language]:
        assert word in shown
    assert "Hoogwater" in shown
    assert "Juli 2021" in shown


def test_show_leaves_nothing_out(file, capsys) -> None:
    assert main(["message", "show", file(distribution(content=response(answer="Provisional"))), "--lang", "nl"]) == 0
    shown = capsys.readouterr().out
    for said in (
        "D1",
        "desk@example.org",
        "M2",
        "M1",
        "L1",
        "L0",
        "Onder voorbehoud",
        "High capacity pump",
        "TLP:GREEN",
    ):
        assert said in shown
    assert "Dit bericht is niet geldig" in shown


def test_show_names_capabilities_and_organisations(file, capsys) -> None:
    line = (
        "<Resource><TypeStructure><r:ValueListURN>urn:noaber:capability</r:ValueListURN><r:Value>HCP</r:Value>"
        "</TypeStructure><OwnershipInformation><r:Owner>NL-NCC</r:Owner></OwnershipInformation></Resource>"
        "<AssignmentInformation><Quantity><r:MeasuredQuantity><r:Amount>2</r:Amount><r:UnitOfMeasure>"
        "<r:ValueListURN>urn:noaber:unit</r:ValueListURN><r:Value>team</r:Value></r:UnitOfMeasure>"
        "</r:MeasuredQuantity></Quantity></AssignmentInformation>"
    )
    assert main(["message", "show", file(response(line=line)), "--lang", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "Type: Pompage à haute capacité (HCP)" in shown
    assert "Propriétaire: Centre national de crise (NL-NCC)" in shown
    assert "Quantité: 2 équipes" in shown


def test_show_obeys_no_control_character(file, capsys) -> None:
    main(["message", "show", file((ALERT % "Alert").replace("Juli 2021", "a&#x9b;31m&#x202e;b"))])
    assert "a\ufffd31m\ufffdb" in capsys.readouterr().out


def test_an_unknown_language_is_refused(file) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["message", "show", file(ALERT % "Alert"), "--lang", "xx"])
    assert caught.value.code == 2


@pytest.mark.parametrize("table", [ELEMENTS, LISTS, CODES], ids=["elements", "lists", "codes"])
def test_every_label_has_four_languages(table: str) -> None:
    for line in table.strip().splitlines():
        if not line.startswith("["):
            words = line.split(" | ")
            assert len(words) == 5, line
            assert all(word.strip() for word in words), line


def test_normalise_writes_a_file_that_checks_and_stays(file, tmp_path, capsys) -> None:
    first, second = str(tmp_path / "1.xml"), str(tmp_path / "2.xml")
    assert main(["message", "normalise", file(distribution(content=response())), "-o", first]) == 0
    assert main(["message", "normalise", first, "-o", second]) == 0
    assert Path(first).read_bytes() == Path(second).read_bytes()
    assert main(["message", "check", second]) == 0
    assert "High capacity pump" in Path(second).read_text(encoding="utf-8")


def test_normalise_may_write_over_what_it_read(file, capsys) -> None:
    name = file(distribution(content=response()))
    assert main(["message", "normalise", name]) == 0
    written = capsys.readouterr().out
    assert main(["message", "normalise", name, "-o", name]) == 0
    assert Path(name).read_text() == written
    assert list(Path(name).parent.iterdir()) == [Path(name)]


def test_normalise_of_an_invalid_message_writes_nothing(file, tmp_path, capsys) -> None:
    out = tmp_path / "out.xml"
    name = file((ALERT % "Alert").replace(">Severe<", ">severe<"))
    assert main(["message", "normalise", name, "-o", str(out)]) == 1
    assert not out.exists()
    assert capsys.readouterr().err.startswith(f"{name}: line 5, severity: “severe” is not one of")


def test_output_is_utf8_whatever_the_terminal(file, tmp_path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    name = file((ALERT % "Alert").replace("Juli 2021", "Überflutung"))
    command = [sys.executable, "-m", "noaber.cli.main", "message", "show", name, "--lang", "de"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "Überflutung" in done.stdout.decode()
