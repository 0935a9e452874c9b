"""A clerk brings a package of six lists in: one page, one answer, one saving, one way back."""

from playwright.sync_api import expect

from members.models import Member
from tests.binhlu_portal.spreadsheets.folders.lists import a_list
from tests.binhlu_portal.spreadsheets.hostile import packed

UNKNOWN = "CB Bản Nà Hoa"
NAMES = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")


def six_lists():
    """Return a package of six lists; the last two name a cell that nobody knows."""
    cells = ["Chi bộ a"] * 4 + [UNKNOWN] * 2
    lists = [
        a_list((f"Lò Văn {name}", f"1/2/19{50 + number}"), cell=cell)
        for number, (name, cell) in enumerate(zip(NAMES, cells, strict=True))
    ]
    return packed({f"Danh sách/{name}.xlsx": content for name, content in zip(NAMES, lists, strict=True)})


def test_six_lists_are_answered_saved_and_taken_back_on_one_page(
    sign_in,
    page,
    clerk,
    cell_a,
    cell_b,
    worker,
    tmp_path,
):
    (tmp_path / "ds.zip").write_bytes(six_lists())
    sign_in(page, clerk, "/nhap-excel/")
    page.get_by_label("Chọn tệp").set_input_files(tmp_path / "ds.zip")
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ds.zip")
    while worker():
        pass
    expect(page.get_by_text("4 tệp sẵn sàng, chưa lưu.")).to_be_visible()
    page.get_by_role("row", name=UNKNOWN).get_by_role("combobox").select_option(label="Chi bộ b")
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect(page.get_by_text("Đã nhận: hệ thống đang kiểm tra lại")).to_be_visible()
    while worker():
        pass
    page.get_by_role("button", name="Lưu tất cả 6 tệp").click()
    expect(page.get_by_text("Đã xác nhận: hệ thống đang lưu lần lượt từng tệp.")).to_be_visible()
    while worker():
        pass
    expect(page.get_by_text("Đã lưu 6 tệp.")).to_be_visible()
    assert Member.objects.filter(spells__unit=cell_a).count() == 4
    assert Member.objects.filter(spells__unit=cell_b).count() == 2
    page.goto("/nhap-excel/")
    page.get_by_role("link", name="ds.zip").click()
    page.get_by_role("link", name="Hoàn tác tất cả").click()
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã hoàn tác tất cả các tệp đã lưu của nhóm.")).to_be_visible()
    assert not Member.objects.exists()


def test_a_whole_folder_is_chosen(sign_in, page, clerk, cell_a, tmp_path):
    for number, name in enumerate(NAMES[:2]):
        (tmp_path / "ds").mkdir(exist_ok=True)
        (tmp_path / "ds" / f"{number}.xlsx").write_bytes(a_list(name))
    (tmp_path / "ds" / "ghi chú.txt").write_text("x")
    sign_in(page, clerk, "/nhap-excel/")
    page.get_by_label("Hoặc chọn cả thư mục").set_input_files(tmp_path / "ds")
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_text("Để lại 1 tệp không phải danh sách: “ghi chú.txt”.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 tệp: 0.xlsx, …")
