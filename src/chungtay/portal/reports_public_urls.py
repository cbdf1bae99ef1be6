from django.urls import URLPattern, URLResolver, path

from chungtay.portal import reports_public
from chungtay.ui import keys  # noqa: F401 - knows <key:…>

_HERE = "noi/<key:place_id>/bao-cao/"
_REPORT = f"{_HERE}<key:report_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_HERE, reports_public.reports, name="place_reports"),
    path(_REPORT, reports_public.report, name="place_report"),
    path(f"{_REPORT}bieu/<slug:annex>/", reports_public.annex, name="place_report_annex"),
    path(f"{_REPORT}bao-cao.<slug:form>", reports_public.file, name="place_report_file"),
    path(f"{_REPORT}noi-dung.json", reports_public.plain, name="place_report_plain"),
]
