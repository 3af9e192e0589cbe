"""Every error that a door may answer, as domain nouns with a code.

Exception
└── AppError(code, status)
    ├── SignedOut         401
    ├── Forbidden         403
    │   └── Unsure        403 (a superuser must type the password again)
    ├── PlanLimit         403
    ├── NotFound          404
    ├── Conflict          409
    ├── Gone              410
    ├── TooLarge          413
    ├── Invalid           422 (field, line, column)
    ├── QuotaExceeded     429
    ├── RateLimited       429
    └── Unavailable       503
└── ProviderError(kind, permanent, retry_after, unsure, over)
"""


class AppError(Exception):
    """What happened and what to do, said plainly; the doors translate it once."""

    code = "error"
    status = 500

    def __init__(self, message: str, **details):
        super().__init__(message)
        self.message = message
        self.details = {key: value for key, value in details.items() if value is not None}

    def to_dict(self) -> dict:
        return {"code": self.code, "message": self.message, **self.details}


class SignedOut(AppError):
    code, status = "signed_out", 401


class Forbidden(AppError):
    code, status = "forbidden", 403


class Unsure(Forbidden):
    code = "password_needed"


class PlanLimit(AppError):
    code, status = "plan_limit", 403


class NotFound(AppError):
    code, status = "not_found", 404


class Conflict(AppError):
    code, status = "conflict", 409

    def __init__(self, message: str, code: str = "conflict", **details):
        super().__init__(message, **details)
        self.code = code


class Gone(AppError):
    code, status = "gone", 410


class TooLarge(AppError):
    code, status = "too_large", 413


class Invalid(AppError):
    """`field` names the body's field; `line` and `column` (from 1) the place in it."""

    code, status = "invalid", 422


class QuotaExceeded(AppError):
    code, status = "quota_exceeded", 429


class RateLimited(AppError):
    code, status = "rate_limited", 429


class Unavailable(AppError):
    code, status = "unavailable", 503


class ProviderError(Exception):
    """A vendor's refusal or failure, in our words.

    `kind` is one of auth, quota, rate_limited, moderated, invalid_parameter, model_not_found,
    busy, timeout, transport, bad_image, bad_reply, lost, unknown_outcome; `permanent` says that trying again is
    useless; `retry_after` is in seconds. `unsure`: the vendor may have taken the order, and charged for it, all the
    same. `over`: the vendor's job has ended, so that another attempt has to order anew.
    `message` is shown to people: no keys, no addresses, no traces.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        unsure: bool = False,
        over: bool = False,
    ):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.permanent = permanent
        self.retry_after = retry_after
        self.unsure = unsure
        self.over = over
