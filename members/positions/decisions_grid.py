"""Grid of the committee posts whose decision is not written down: its number and its day, many at once."""

from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.db.actions import correct
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.forms.fields import form_field
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow
from binhlu_portal.records.tables.bulk_pages import CHOSEN
from binhlu_portal.text.vietnamese import day
from members.data_checks.populations import name_on_day
from members.models import Position
from organizations.rights import Right

CHECK = "cap-uy-chua-ghi-quyet-dinh"
"""The check that finds these posts."""

COLUMNS = {"decision_number": "Số quyết định", "decision_date": "Ngày quyết định"}


class PostDecisionsForm(GridForm):
    """The posts beneath the instance that lack their decision, of all people or of those chosen."""

    model = Position
    right = Right.DECIDE
    title = "Quyết định của các chức vụ cấp ủy"
    heading = "Đảng viên"
    advice = (
        "Các chức vụ cấp ủy chưa ghi số hoặc ngày quyết định chỉ định, chuẩn y. Nhiều người cùng một quyết định thì "
        "chép một khối từ Excel, hoặc chép ô trên xuống; dòng chưa có quyết định thì để yên."
    )
    columns = tuple(
        GridColumn(name, label, lambda row, name=name: form_field(Position._meta.get_field(name)))
        for name, label in COLUMNS.items()
    )

    def read_rows(self):
        """Return the posts that the check finds today, by unit and name."""
        moment = Moment.of(self.instance, self.user, today=self.today)
        found = Position.objects.editable_by(self.user, self.right)
        found = found.filter(pk__in=CHECKS[CHECK].rows(moment).order_by().values("pk"))
        if chosen := self.initial.get(CHOSEN):
            found = found.filter(member__in=chosen)
        found = found.annotate(at=name_on_day(moment)).select_related("member")
        return [_row(position) for position in found.order_by("at", "member__sort_name", "pk")]

    def write(self, row, values):
        """Put the decision right."""
        return [correct(row=row.record, **values)]


def _row(position: Position) -> GridRow:
    """Return the row of a post; its unit is annotated as `at`."""
    about = f"{position.get_post_display()}, {position.at}, từ {day(position.started_on)}"
    values = {name: getattr(position, name) for name in COLUMNS}
    return GridRow(str(position.pk), position.member.full_name, values, position.member, position, about)
