"""Addresses of signing in and of one's own account. The library finds its pages by these names; no others are open."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as sign_on
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path

from chungtay.office import doors, letters

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("dang-nhap/bi-khoa/", account.account_inactive, name="account_inactive"),
    path("dang-nhap/hai-buoc/", second_step.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa-truy-cap/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("dang-nhap/mot-lan/huy/", sign_on.login_cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap/mot-lan/loi/", sign_on.login_error, name="socialaccount_login_error"),
    path("dang-nhap/mot-lan/<slug:provider_id>/", doors.sign_on, name="openid_connect_login"),
    path("dang-nhap/mot-lan/<slug:provider_id>/ve/", openid.callback, name="openid_connect_callback"),
    path("the/<str:secret>/", doors.card, name="card"),
    path("loi-moi/<str:secret>/", doors.invitation, name="invitation"),
    path("tai-khoan/", doors.my_account, name="my_account"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/mat-khau/dat/", account.password_set, name="account_set_password"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/hai-buoc/", second_step.index, name="mfa_index"),
    path("tai-khoan/hai-buoc/xac-nhan/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/hai-buoc/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/hai-buoc/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/hai-buoc/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tai-khoan/hai-buoc/ma-du-phong/tao/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tai-khoan/hai-buoc/ma-du-phong/tai/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("tai-khoan/hai-buoc/khoa/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("tai-khoan/hai-buoc/khoa/them/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "tai-khoan/hai-buoc/khoa/xac-nhan/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("tai-khoan/hai-buoc/khoa/<int:pk>/bo/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("tai-khoan/hai-buoc/khoa/<int:pk>/sua/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("tai-khoan/phien/", sessions.list_usersessions, name="usersessions_list"),
    path("tai-khoan/dang-nhap-mot-lan/", sign_on.connections, name="socialaccount_connections"),
    path("tai-khoan/thu/", letters.choose, name="choose_letters"),
    path("thu/<str:secret>/thoi/", letters.stop, name="stop_letters"),
    path("chuc-danh/doi/", doors.act_as, name="act_as"),
]
