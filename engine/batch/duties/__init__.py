"""Duties, procedures and measures of many units at a time, over the tables of one part."""
