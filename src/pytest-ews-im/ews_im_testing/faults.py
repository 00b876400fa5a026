"""The fault rules of a realm."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator, Optional
from urllib.parse import quote

from ews_im_testing.contract import FaultRuleList
from ews_im_testing.control import ControlClient
from ews_im_testing.errors import EwsImServerError, is_own_error
from ews_im_testing.fault import FaultRule

__tracebackhide__ = is_own_error


class EwsImFaults:
    """The fault rules of a realm.

    Rules are evaluated in the order in which they were added. The first one that matches a
    request is triggered. Each member raises :class:`EwsImServerError` if the server cannot be
    reached.
    """

    def __init__(self, control: ControlClient) -> None:
        """Create the fault rules of a realm."""
        self._control = control

    def add(self, rule: FaultRule) -> str:
        """Add a rule after the existing ones.

        :returns: The id of the rule, the ``fault`` of the journal entries that trigger it.
        :raises EwsImServerError: The rule is invalid.
        """
        return str(self._control.send("POST", "faults", rule.content)["id"])

    @contextmanager
    def inject(self, rule: FaultRule) -> Iterator[InjectedFault]:
        """Add a rule at the begin of a ``with`` block, and delete it at the end.

        :returns: A context manager whose value shows how often the rule was triggered.
        :raises EwsImServerError: The rule is invalid.
        """
        injected = InjectedFault(self, self.add(rule))
        try:
            yield injected
        finally:
            injected.end()

    def rules(self) -> list[FaultRule]:
        """Return the rules in the order in which they are evaluated, with their counters."""
        page: FaultRuleList = self._control.send("GET", "faults")
        return [FaultRule(content) for content in page["faults"]]

    def find(self, rule_id: str) -> Optional[FaultRule]:
        """Return the rule with an id, or ``None`` if it does not exist."""
        return next((rule for rule in self.rules() if rule.id == rule_id), None)

    def triggered_count(self, rule_id: str) -> int:
        """Return the number of requests that triggered a rule since it was added.

        :raises EwsImServerError: The rule does not exist.
        """
        rule = self.find(rule_id)
        if rule is None:
            raise EwsImServerError(f"The fault rule '{rule_id}' does not exist.")
        return rule.triggered_count

    def delete(self, rule_id: str) -> None:
        """Delete a rule.

        :raises EwsImServerError: The rule does not exist.
        """
        self._control.send("DELETE", f"faults/{quote(rule_id, safe='')}")

    def clear(self) -> None:
        """Delete all rules, and end the back-off times of all mailboxes."""
        self._control.send("DELETE", "faults")


class InjectedFault:
    """A rule that is in force during a ``with`` block."""

    def __init__(self, faults: EwsImFaults, rule_id: str) -> None:
        """Create the view of a rule that was added."""
        self.id = rule_id
        self._faults = faults
        self._final_count: Optional[int] = None

    @property
    def triggered_count(self) -> int:
        """The number of requests that triggered the rule; after the block, the final number.

        :raises EwsImServerError: The test deleted the rule, or reset the realm, in the block.
        """
        if self._final_count is None:
            return self._faults.triggered_count(self.id)
        return self._final_count

    def end(self) -> None:
        """Delete the rule, unless the test has deleted it or reset the realm."""
        rule = self._faults.find(self.id)
        if rule is not None:
            self._final_count = rule.triggered_count
            self._faults.delete(self.id)
