"""One run of the import benchmark: a fresh database, one file, the seconds of each step."""

from __future__ import annotations

import csv
import io
import os
import resource
import sys
import time
import zipfile

OWNER = "NL-VR24"
COLUMNS = (
    "id",
    "name",
    "territory",
    "capabilities",
    "quantity",
    "base",
    "lon",
    "lat",
    "mobilisation",
    "languages",
    "host_needs",
    "attributes",
    "tlp",
)


def main(ending: str, rows: int, wrong_row: int) -> None:
    """Print the end of the line."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    from noaber.apps.accounts.models import Organisation
    from noaber.apps.records.history import Author
    from noaber.apps.registry.models import Capacity
    from noaber.apps.registry.services import Sharing, import_capacities, load_reference, plan_import
    from noaber.web.clock import now

    load_reference(connect=True)
    owner = Organisation.objects.get(code=OWNER)
    data = _file(ending, rows, wrong_row)
    moment, status = now(), settings.NOABER_STATUS
    begun, cpu = time.perf_counter(), time.process_time()
    plan = plan_import(data, owner, status, sharing=Sharing(), now=moment)
    planned = time.perf_counter()
    if plan.errors:
        print(
            f"{len(data) / 1e6:7.1f} | {planned - begun:13.1f} s: {plan.errors[0]} ({Capacity.objects.count()} written)"
        )
        return
    import_capacities(Author("bench"), plan, owner, status, now=moment, reason="bench")
    done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert Capacity.objects.count() == rows
    times = f"{planned - begun:13.1f} {done - planned:7.1f} {done - begun:9.1f} {time.process_time() - cpu:7.1f}"
    print(f"{len(data) / 1e6:7.1f} | {times} | {memory:9.0f}")


def _file(ending: str, rows: int, wrong_row: int) -> bytes:
    text = _main_table(rows, wrong_row)
    if ending == "csv":
        return text.encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("capacities.csv", text)
        file.writestr("team.csv", "id,function,number,shifts\n" + _lines(rows, "leader,1,", "rescuer,6,2"))
        file.writestr("certificates.csv", "id,kind,body,valid_until\n" + _lines(rows, "swift-water,IRT,2030-01-01"))
    return archive.getvalue() if ending == "zip" else _workbook(archive)


def _main_table(rows: int, wrong_row: int) -> str:
    """The capacities; row `wrong_row` has a latitude that is none."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in range(2, rows + 2):
        lat = "50,9x" if row == wrong_row else 50 + row % 777 / 777
        place = ("Maastricht", 5 + row % 1000 / 1000, lat)
        rest = (30, "nl|de", "fuel|food", "max_current_m_per_s=2.5|night=yes", "AMBER")
        writer.writerow((f"U-{row}", f"Team {row}", "NL423", "FRB|BOAT", 4, *place, *rest))
    return text.getvalue()


def _lines(rows: int, *lines: str) -> str:
    return "".join(f"U-{row},{line}\n" for row in range(2, rows + 2) for line in lines)


def _workbook(archive: io.BytesIO) -> bytes:
    """The same tables as sheets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    with zipfile.ZipFile(archive) as file:
        for name in file.namelist():
            sheet = book.create_sheet(name.removesuffix(".csv"))
            for cells in csv.reader(io.StringIO(file.read(name).decode(), newline="")):
                sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
