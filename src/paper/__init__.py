"""Papers: a document as plain data, written as DOCX, PDF or XLSX in the form of Decree 30/2020/NĐ-CP.

Pure: knows neither Django nor us. What a paper says is composed by the package whose record it is.
"""
