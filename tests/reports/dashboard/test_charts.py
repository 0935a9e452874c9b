from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.dashboard import charts
from reports.dashboard.charts import HEIGHT, LEAST, WIDTH, BarPart

NUMBERS = st.integers(0, 10_000)
SOME = st.lists(NUMBERS, max_size=8)
PERCENT = st.decimals(0, 150, places=2)


def inside(bar):
    """Whether everything of a bar lies in its box."""
    marks = all(0 <= mark <= WIDTH for mark in bar.marks)
    return marks and all(part.x >= 0 and part.width > 0 and part.x + part.width <= WIDTH for part in bar.parts)


@given(part=NUMBERS, whole=NUMBERS)
def test_a_share_lies_in_its_box_and_anything_is_seen(part, whole):
    bar = charts.share(part, whole)
    assert inside(bar)
    assert bool(bar.parts) == (part > 0 and whole > 0)
    assert all(found.width >= LEAST for found in bar.parts)


@given(values=st.lists(NUMBERS, min_size=2, max_size=24))
def test_a_line_lies_in_its_box_and_more_is_higher(values):
    points = charts.line(range(len(values)), values)
    assert (points[0][0], points[-1][0]) == (0, WIDTH)
    assert all(0 <= y <= HEIGHT for _, y in points)
    assert [y for _, y in sorted(points, key=lambda point: values[points.index(point)])] == sorted(
        (y for _, y in points), reverse=True
    )


def test_a_line_of_what_never_changes_runs_through_the_middle():
    assert charts.line([0, 30], [7, 7]) == ((0, HEIGHT // 2), (WIDTH, HEIGHT // 2))


@given(first=NUMBERS, second=NUMBERS, whole=st.integers(1, 10_000))
def test_what_is_more_is_never_shorter(first, second, whole):
    def length(number):
        return sum(part.width for part in charts.share(number, whole).parts)

    few, many = sorted((first, second))
    assert length(few) <= length(many)


@given(percent=PERCENT, low=PERCENT, more=PERCENT, most=st.integers(1, 100))
def test_a_gauge_with_its_mark_and_band_lies_in_its_box(percent, low, more, most):
    assert charts.gauge(percent, low, most=most).marks == charts.gauge(0, low, most=most).marks
    for bar in (charts.gauge(percent, low, most=most), charts.gauge(percent, low, low + more + 1, most)):
        assert all(0 <= mark <= WIDTH for mark in bar.marks)
        assert all(part.x >= 0 and part.width >= 0 and part.x + part.width <= WIDTH for part in bar.parts)


def test_a_percentage_that_reaches_its_target_reaches_the_mark():
    bar = charts.gauge(Decimal(80), Decimal(80))
    assert (bar.parts, bar.marks) == ((BarPart("value", 0, 800),), (800,))


def test_a_band_lies_between_its_two_percentages():
    bar = charts.gauge(Decimal("2.5"), Decimal(3), Decimal(4), most=5, kind="missed")
    assert bar.parts == (BarPart("band", 600, 200), BarPart("missed", 0, 500))


@given(done=NUMBERS, wanted=NUMBERS)
def test_progress_lies_over_the_outline_of_what_is_wanted(done, wanted):
    bar = charts.progress(done, wanted, max(done, wanted))
    assert inside(bar)
    assert [part.kind for part in bar.parts] == ["wanted"] * bool(wanted) + ["value"] * bool(done)


@given(numbers=SOME)
def test_a_stack_fills_its_box_without_gaps(numbers):
    bar = charts.stack([(str(index), number) for index, number in enumerate(numbers)])
    edge = 0
    for part in bar.parts:
        assert part.x == edge
        edge += part.width
    assert edge == (WIDTH if sum(numbers) else 0)


@pytest.mark.parametrize("numbers", [[], [0, 0]])
def test_a_stack_of_nothing_is_empty(numbers):
    assert charts.stack([("good", number) for number in numbers]).parts == ()


@given(gains=SOME, losses=SOME)
def test_gains_and_losses_lie_on_either_side_of_one_axis(gains, losses):
    came, left = charts.ledger(gains, losses)
    assert all(map(inside, came + left))
    assert len({mark for bar in came + left for mark in bar.marks}) <= 1
    for bar in came:
        assert all(part.x == bar.marks[0] for part in bar.parts)
    for bar in left:
        assert all(part.x + part.width == bar.marks[0] for part in bar.parts)
    assert [len(bar.parts) for bar in came + left] == [bool(number) for number in gains + losses]


def test_gains_and_losses_share_one_scale():
    came, left = charts.ledger([300, 100], [100])
    assert [bar.parts for bar in came + left] == [
        (BarPart("value", 250, 750),),
        (BarPart("value", 250, 250),),
        (BarPart("lost", 0, 250),),
    ]
