"""The benches of reports and exports are themselves run, a little of each."""

from tests.bench import exports, reports


def test_every_report_is_printed_by_its_bench() -> None:
    assert reports.main(["--quick"]) == 0


def test_the_bench_of_exports_says_when_libreoffice_is_left_out() -> None:
    assert exports.main(["--quick"]) == 0
