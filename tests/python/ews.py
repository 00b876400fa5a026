"""A minimal EWS client."""

import http.client
from urllib.parse import urlsplit

ENVELOPE = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
    xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
  <s:Header>
    <t:RequestServerVersion Version="Exchange2013"/>
    <t:ExchangeImpersonation>
      <t:ConnectingSID><t:PrimarySmtpAddress>{mailbox}</t:PrimarySmtpAddress></t:ConnectingSID>
    </t:ExchangeImpersonation>
  </s:Header>
  <s:Body><m:{operation}>{content}</m:{operation}></s:Body>
</s:Envelope>"""


class EwsClient:
    """Sends requests for one mailbox."""

    def __init__(self, url, mailbox="alice@contoso.com", headers=None):
        """Create a client with the EWS URL of a realm and the headers of its requests."""
        self.url = url
        self.mailbox = mailbox
        self.headers = {"Content-Type": "text/xml", **(headers or {})}

    def send(self, operation, content=""):
        """Send a request and return the status, the headers and the text of the response."""
        connection = self.start(operation, content)
        try:
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    def start(self, operation, content=""):
        """Send a request and return the connection, on which the response arrives."""
        parts = urlsplit(self.url)
        body = ENVELOPE.format(mailbox=self.mailbox, operation=operation, content=content)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        connection.request("POST", parts.path, body.encode(), self.headers)
        return connection

    def add_im_group(self, name):
        """Add an IM group and return the text of the response."""
        return self.send("AddImGroup", f"<m:DisplayName>{name}</m:DisplayName>")[2]

    def get_im_item_list(self):
        """Read the IM list and return the text of the response."""
        return self.send("GetImItemList")[2]
