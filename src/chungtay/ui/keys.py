"""`<key:…>` in an address: a row's number, as far as a database can count.

Import it wherever such an address is written.
"""

from django.urls import register_converter
from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")
