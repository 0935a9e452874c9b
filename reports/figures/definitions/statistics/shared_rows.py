"""The groups by which forms 2- and 3-BTCTW divide people alike: work, age, general education, profession."""

from members.choices import Education, Occupation, Qualification

OCCUPATIONS = {
    "state_agency": (Occupation.STATE_AGENCY.label, (Occupation.STATE_AGENCY,)),
    "party_agency": (Occupation.PARTY_AGENCY.label, (Occupation.PARTY_AGENCY,)),
    "commune": (
        "Cán bộ, công chức, người hoạt động không chuyên trách ở xã, phường, đặc khu",
        (Occupation.COMMUNE_OFFICIAL, Occupation.COMMUNE_PART_TIME),
    ),
    **{
        str(occupation): (occupation.label, (occupation,))
        for occupation in (
            Occupation.VILLAGE_PART_TIME,
            Occupation.PUBLIC_SERVICE,
            Occupation.PRIVATE_SERVICE,
            Occupation.ENTERPRISE_MANAGER,
            Occupation.ENTERPRISE_STAFF,
            Occupation.ENTERPRISE_WORKER,
            Occupation.FARMER,
            Occupation.ARMED_FORCES,
            Occupation.STUDENT,
            Occupation.PUPIL,
            Occupation.OTHER,
        )
    },
}
"""The work of those who work: what the forms call it, and the codes of the records beneath it."""

ENTERPRISES = (Occupation.ENTERPRISE_MANAGER, Occupation.ENTERPRISE_STAFF, Occupation.ENTERPRISE_WORKER)
"""Work in enterprises, which the forms count together too."""

AGES = {
    "18_30": ("18 - 30 tuổi", 18, 30),
    "31_35": ("31 - 35 tuổi", 31, 35),
    "36_40": ("36 - 40 tuổi", 36, 40),
    "41_45": ("41 - 45 tuổi", 41, 45),
    "46_50": ("46 - 50 tuổi", 46, 50),
    "51_55": ("51 - 55 tuổi", 51, 55),
    "56_60": ("56 - 60 tuổi", 56, 60),
    "over_60": ("Trên 60 tuổi", 61, None),
}
"""Bands of completed years: name, youngest, oldest."""

EDUCATIONS = {
    "literate": ("Biết đọc, biết viết chữ quốc ngữ", Education.LITERATE),
    "primary": ("Tiểu học", Education.PRIMARY),
    "lower_secondary": ("Trung học cơ sở", Education.LOWER_SECONDARY),
    "upper_secondary": ("Trung học phổ thông", Education.UPPER_SECONDARY),
}

QUALIFICATIONS = {
    "elementary": ("Công nhân kỹ thuật, nhân viên nghiệp vụ, sơ cấp", (Qualification.ELEMENTARY,)),
    "intermediate": ("Trung cấp", (Qualification.INTERMEDIATE,)),
    "college": ("Cao đẳng", (Qualification.COLLEGE,)),
    "university": ("Đại học", (Qualification.UNIVERSITY,)),
    "master": ("Thạc sĩ", (Qualification.MASTER,)),
    "doctor": ("Tiến sĩ", (Qualification.DOCTOR, Qualification.DOCTOR_OF_SCIENCE)),
}
"""The highest professional level; a doctor of science is a doctor."""

TITLES = {"associate_professor": "Phó Giáo sư", "professor": "Giáo sư"}
"""Chức danh khoa học."""
