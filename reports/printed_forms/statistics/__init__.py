"""The forms of the Party's basic statistics that the records can fill (11-HD/BTCTW, 13/12/2021).

They keep every row and column of the printed forms in their order; where the district stood, which ended on 01/7/2025,
their names say what stands in its place. What no record tells stays empty, and a note beneath the form names it. What
the printed forms have no place for stands in rows and columns called "ngoài mẫu". Most forms are data, a file for each
day from which a layout holds (`layouts/`); those whose columns are reckoned are drawn by code until a file replaces it.
"""
