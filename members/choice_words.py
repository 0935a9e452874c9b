"""What people call the choices of fields besides their labels, whatever door they type them at: {value: "BTV; …"}."""

from members import choices

DECIDING_LEVELS = {
    choices.DecidingLevel.COMMITTEE: "Đảng ủy; Đảng ủy xã; Ban Thường vụ; Ban Thường vụ Đảng ủy; BTV; BTV Đảng ủy",
    choices.DecidingLevel.INSPECTION: "UBKT; UBKT Đảng ủy; Ủy ban Kiểm tra; Ủy ban Kiểm tra Đảng ủy",
    choices.DecidingLevel.CELL: "CB",
}
EXEMPTIONS = {
    choices.ExemptionKind.AGE_HEALTH: "Tuổi cao, sức yếu; Do tuổi cao, sức yếu; Tuổi cao; Do tuổi cao; Sức yếu; "
    "Do sức yếu; Già yếu; Sức khỏe yếu; Tuổi cao, sức khỏe yếu; Do tuổi cao, sức khỏe yếu; Già yếu, ốm đau; Ốm đau; "
    "Ốm đau dài ngày; Ốm đau kéo dài; Bệnh tật",
    choices.ExemptionKind.OTHER: "Không vì tuổi cao, sức yếu; Lý do khác; Khác; Đi làm ăn xa; Làm ăn xa; Đi làm xa; "
    "Đi lao động xa; Đi lao động ở xa",
}
VIOLATIONS = {
    choices.Violation.POPULATION: "Vi phạm chính sách dân số; Chính sách dân số; Sinh con thứ ba; Sinh con thứ 3; "
    "Sinh con thứ ba trở lên; Vi phạm chính sách dân số, sinh con thứ ba; Vi phạm chính sách dân số, sinh con thứ 3",
}
PLANNING_POSTS = {
    choices.PlanningPost.EXECUTIVE_COMMITTEE: "Ban Chấp hành; BCH; BCH Đảng bộ xã; Ủy viên BCH; Ủy viên Ban Chấp hành; "
    "Ủy viên BCH Đảng bộ xã",
    choices.PlanningPost.STANDING_COMMITTEE: "Ban Thường vụ; BTV; BTV Đảng ủy xã; Ủy viên BTV; Ủy viên Ban Thường vụ; "
    "Ủy viên BTV Đảng ủy xã",
    choices.PlanningPost.COUNCIL_VICE_CHAIR: "PCT HĐND; PCT HĐND xã; Phó Chủ tịch HĐND",
    choices.PlanningPost.GOVERNMENT_VICE_CHAIR: "PCT UBND; PCT UBND xã; Phó Chủ tịch UBND",
}
PROGRAMS = {
    choices.Program.THEORY_ELEMENTARY: "Sơ cấp LLCT; Sơ cấp lý luận",
    choices.Program.THEORY_INTERMEDIATE_FULL: "Trung cấp LLCT tập trung; Trung cấp LLCT, tập trung",
    choices.Program.THEORY_INTERMEDIATE_PART: "Trung cấp LLCT không tập trung; Trung cấp LLCT, không tập trung",
    choices.Program.UPDATES: "Cập nhật kiến thức",
}
COURSE_LEVELS = {
    choices.CourseLevel.PROVINCE: "Tỉnh; Trường Chính trị tỉnh",
    choices.CourseLevel.COMMUNE: "Xã; Cấp xã; Trung tâm Chính trị; Trung tâm Chính trị xã",
}
FEE_RELIEFS = {choices.FeeRelief.EXEMPT: "Miễn"}
FEE_GROUNDS = {
    choices.FeeGround.POOR: "Hộ nghèo; Hộ cận nghèo; Cận nghèo",
    choices.FeeGround.HARDSHIP: "Hoàn cảnh khó khăn; Khó khăn",
}
