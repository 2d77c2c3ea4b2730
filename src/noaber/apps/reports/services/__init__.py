"""The only writer of reports."""

from noaber.apps.reports.services.make import STEPS_NAME, carry_out, make_again, make_report, make_report_now

__all__ = ["STEPS_NAME", "carry_out", "make_again", "make_report", "make_report_now"]
