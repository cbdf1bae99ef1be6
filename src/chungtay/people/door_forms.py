"""The form at the door."""

from allauth.account.forms import LoginForm

from chungtay.people import queries


class SignInForm(LoginForm):  # type: ignore[misc]
    """Takes a user name in any case, or a telephone number however it is written."""

    def clean_login(self) -> str:
        return queries.username_of(self.cleaned_data["login"])
