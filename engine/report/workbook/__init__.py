"""The workbook that a clerk hands out: weak units, four lists, duties, measures, what is missing."""
