"""What Stripe says about the people who pay: Customer, Subscription, Invoice, and the events already heeded.

Everything here is a copy of a state that was fetched from Stripe; nothing is deduced from the order of events.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Select, String, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Id, UtcDateTime, iso

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
PAYING = ("active", "trialing")
LIVING = (*PAYING, "past_due", "unpaid", "paused")
STRIPE_ID = String(255)


class Customer(db.Model):
    """A person at Stripe, under one kind of key. `asked` numbers the questions about them, `applied` the last answer
    that was taken in: an answer to an earlier question never replaces that to a later one."""

    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(STRIPE_ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    livemode: Mapped[bool]
    checkout_id: Mapped[str | None] = mapped_column(STRIPE_ID)
    asked: Mapped[int] = mapped_column(default=0)
    applied: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @staticmethod
    def of(user_id: str, livemode: bool) -> list["Customer"]:
        """All that this person ever was under such keys, newest first; only the newest can be alive."""
        query = select(Customer).where(Customer.user_id == user_id, Customer.livemode == livemode)
        return list(db.session.scalars(query.order_by(Customer.created_at.desc(), Customer.id)))

    @staticmethod
    def remember(id: str, user_id: str, livemode: bool) -> None:
        """Write a new customer down; two requests that made the same one do so once."""
        values = {"id": id, "user_id": user_id, "livemode": livemode, "asked": 0, "applied": 0, "created_at": now()}
        db.session.execute(INSERTS[db.engine.dialect.name](Customer).values(**values).on_conflict_do_nothing())

    @staticmethod
    def draw(id: str) -> int:
        """The number of the next question about a customer."""
        query = update(Customer).where(Customer.id == id).values(asked=Customer.asked + 1)
        return db.session.execute(query.returning(Customer.asked)).scalar_one()

    @staticmethod
    def unanswered(livemode: bool, but: Collection[str]) -> "Customer | None":
        """One of whom there is news that was not taken in yet."""
        query = select(Customer).where(Customer.asked > Customer.applied, Customer.livemode == livemode)
        query = query.where(Customer.id.not_in(but)).order_by(Customer.id).limit(1)
        return db.session.scalar(query.execution_options(populate_existing=True))

    @staticmethod
    def doubt(livemode: bool, since: datetime) -> None:
        """Ask again for those who paid until `since`, and of whom nothing was heard afterwards."""
        silent = select(Subscription.customer_id)
        silent = silent.where(Subscription.status.in_(PAYING), Subscription.period_end < since)
        query = update(Customer).where(Customer.id.in_(silent), Customer.livemode == livemode)
        db.session.execute(query.values(asked=Customer.asked + 1).execution_options(synchronize_session=False))

    @staticmethod
    def admits(id: str, question: int) -> bool:
        """Whether the answer to this question is the newest so far; then it is the one to apply."""
        query = update(Customer).where(Customer.id == id, Customer.applied < question).values(applied=question)
        return db.session.execute(query).rowcount == 1


class Subscription(db.Model):
    __tablename__ = "subscriptions"

    id: Mapped[str] = mapped_column(STRIPE_ID, primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    status: Mapped[str] = mapped_column(String(30))
    period_end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def to_payload(self) -> dict:
        return {"status": self.status, "period_end": iso(self.period_end), "ends_at": iso(self.ends_at)}

    @staticmethod
    def of(user_id: str, livemode: bool) -> list["Subscription"]:
        """All of a person under such keys; what pays comes first, then what lives, then the newest."""
        query = select(Subscription).join(Customer).where(Customer.user_id == user_id, Customer.livemode == livemode)
        rows = list(db.session.scalars(query.execution_options(populate_existing=True)))
        return sorted(rows, key=lambda row: (row.status in PAYING, row.is_living, row.created_at), reverse=True)

    @staticmethod
    def payers() -> Select:
        """The ids of those who have a living one."""
        return select(Customer.user_id).join(Subscription).where(Subscription.status.in_(LIVING))

    @staticmethod
    def count_payers(livemode: bool) -> int:
        """How many people pay at the moment."""
        query = select(func.count(Customer.user_id.distinct())).join(Subscription)
        return db.session.scalar(query.where(Subscription.status.in_(PAYING), Customer.livemode == livemode))

    @property
    def is_living(self) -> bool:
        return self.status in LIVING


class Invoice(db.Model):
    """`amount` was asked for, `paid` came and `refunded` of it went back, in the smallest unit of `currency`;
    `payment` is what a dispute names."""

    __tablename__ = "invoices"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    stripe_id: Mapped[str] = mapped_column(STRIPE_ID, unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    status: Mapped[str] = mapped_column(String(30))
    amount: Mapped[int] = mapped_column(BigInteger)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    refunded: Mapped[int] = mapped_column(BigInteger, default=0)
    payment: Mapped[str | None] = mapped_column(STRIPE_ID, index=True)
    currency: Mapped[str] = mapped_column(String(3))
    number: Mapped[str | None] = mapped_column(String(100))
    url: Mapped[str | None] = mapped_column(String(2000))
    pdf_url: Mapped[str | None] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "number": self.number,
            "status": self.status,
            "amount": self.amount,
            "paid": self.paid,
            "refunded": self.refunded,
            "currency": self.currency,
            "url": self.url,
            "pdf_url": self.pdf_url,
            "created_at": iso(self.created_at),
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    @staticmethod
    def of(user_id: str, livemode: bool) -> list["Invoice"]:
        mine = Customer.user_id == user_id, Customer.livemode == livemode
        return list(db.session.scalars(select(Invoice).join(Customer).where(*mine)))

    @staticmethod
    def payer(payments: list[str]) -> str | None:
        """The customer whom one of these payments came from."""
        return db.session.scalar(select(Invoice.customer_id).where(Invoice.payment.in_(payments)).limit(1))

    @staticmethod
    def revenue(since: datetime, livemode: bool) -> dict[str, int]:
        """What came and stayed, by currency; play money is no revenue."""
        query = select(Invoice.currency, func.sum(Invoice.paid - Invoice.refunded)).join(Customer)
        query = query.where(Invoice.created_at >= since, Invoice.paid > 0, Customer.livemode == livemode)
        return {currency: int(amount) for currency, amount in db.session.execute(query.group_by(Invoice.currency))}


class StripeEvent(db.Model):
    """The id of an event that was heeded: written in one transaction with the question that it raised."""

    __tablename__ = "stripe_events"

    id: Mapped[str] = mapped_column(STRIPE_ID, primary_key=True)
    type: Mapped[str] = mapped_column(String(80))
    heeded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)

    @staticmethod
    def is_new(id: str, type: str) -> bool:
        """Write the event down; False when it was heeded before."""
        values = {"id": id, "type": type[:80], "heeded_at": now()}
        insert = INSERTS[db.engine.dialect.name](StripeEvent).values(**values)
        return db.session.scalar(insert.on_conflict_do_nothing().returning(StripeEvent.id)) is not None

    @staticmethod
    def forget(before: datetime) -> None:
        """Stripe sends nothing again that is so old."""
        db.session.execute(delete(StripeEvent).where(StripeEvent.heeded_at < before))
