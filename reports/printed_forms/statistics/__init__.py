"""The forms of the Party's basic statistics that the records can fill (11-HD/BTCTW, 13/12/2021).

They keep the rows and columns of the printed forms without the district level, which ended on 01/7/2025. A form asks
for what no record tells too: such rows are left out, and the note beneath the form names them.
"""
