"""Screens of the register of amenities."""

from django.urls import URLPattern, URLResolver, path

from chungtay.office.registers import (
    amenities,
    amenities_address,
    amenities_asset,
    amenities_board,
    amenities_figures,
    amenities_files,
    amenities_form,
    amenities_plates,
)

_LIST = "dia-ban/<key:place_id>/ha-tang/"
_ASSET = "ha-tang/<key:asset_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_LIST, amenities.assets, name="assets"),
    path(f"{_LIST}ban-do.<slug:form>", amenities.map_file, name="assets_map_file"),
    path(f"{_LIST}them/", amenities_form.add, name="add_asset"),
    path(f"{_LIST}nhap-tep/", amenities_files.import_map, name="import_map"),
    path(f"{_LIST}bien-dia-chi-so.pdf", amenities_plates.plates, name="address_plates"),
    path(f"{_LIST}so-do/", amenities_board.board_numbers, name="board_numbers"),
    path(f"{_LIST}so-lieu/", amenities_figures.feed_figures, name="feed_figures"),
    path("ha-tang/tep/<key:map_file_id>/", amenities_files.map_file, name="map_file"),
    path(_ASSET, amenities_asset.asset, name="asset"),
    path(f"{_ASSET}sua/", amenities_form.change, name="change_asset"),
    path(f"{_ASSET}minh-chung/", amenities_asset.send, name="send_asset_proofs"),
    path("dia-chi-so/<uuid:uid>/", amenities_address.address, name="digital_address"),
]
