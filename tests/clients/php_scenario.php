<?php
// Runs the client scenario with the proxy that PHP's SoapClient generates from the service's WSDL.
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';

// SoapClient does not support NTLM. Like PHP's EWS libraries, this class sends the messages with curl, on one connection.
final class NtlmSoapClient extends SoapClient
{
    private static ?CurlHandle $curl = null;

    public static function fetch(string $url, array $more = []): string
    {
        self::$curl ??= curl_init();
        curl_reset(self::$curl);
        curl_setopt_array(self::$curl, $more + [
            CURLOPT_URL => $url,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_HTTPAUTH => CURLAUTH_BASIC | CURLAUTH_NTLM,
            CURLOPT_USERPWD => getenv('EWS_USER') . ':' . getenv('EWS_PASSWORD'),
            CURLOPT_CAINFO => getenv('EWS_CA'),
        ]);
        $response = curl_exec(self::$curl);
        if ($response === false) {
            throw new RuntimeException(curl_error(self::$curl));
        }
        return $response;
    }

    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        return self::fetch($location, [
            CURLOPT_POSTFIELDS => $request,
            CURLOPT_HTTPHEADER => ['Content-Type: text/xml; charset=utf-8', "SOAPAction: \"$action\"", 'Expect: 100-continue'],
        ]);
    }
}

$url = getenv('EWS_URL');
$options = ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS];
if (getenv('EWS_AUTH') === 'basic') {
    $options += [
        'login' => getenv('EWS_USER'),
        'password' => getenv('EWS_PASSWORD'),
        'stream_context' => stream_context_create(['ssl' => ['cafile' => getenv('EWS_CA')]]),
    ];
}
if (getenv('EWS_AUTH') === 'ntlm') {
    foreach (['Services.wsdl', 'messages.xsd', 'types.xsd'] as $file) {
        file_put_contents($argv[1] . '/' . $file, NtlmSoapClient::fetch($url . 'EWS/' . $file));
    }
    $client = new NtlmSoapClient($argv[1] . '/Services.wsdl', $options);
} else {
    $client = new SoapClient($url . 'EWS/Exchange.asmx?wsdl', $options);
}
$version = '<t:RequestServerVersion xmlns:t="' . TYPES . '" Version="Exchange2013"/>';
$client->__setSoapHeaders(new SoapHeader(TYPES, 'RequestServerVersion', new SoapVar($version, XSD_ANYXML)));

function check(bool $condition, mixed $actual): void
{
    if (!$condition) {
        fwrite(STDERR, (new Exception())->getTraceAsString() . "\n" . var_export($actual, true) . "\n");
        exit(1);
    }
}

function call(string $operation, array $arguments = []): object
{
    global $client;
    $response = $client->$operation($arguments);
    $message = isset($response->ResponseMessages) ? $response->ResponseMessages->{$operation . 'ResponseMessage'}[0] : $response;
    check($message->ResponseCode === 'NoError', $message);
    return $message;
}

function groups(): array
{
    $members = [];
    foreach (call('GetImItemList')->ImItemList->Groups->ImGroup as $group) {
        $members[$group->DisplayName] = array_map(fn ($item) => $item->Id, $group->MemberCorrelationKey->ItemId ?? []);
    }
    return $members;
}

$one = call('AddImGroup', ['DisplayName' => 'PHP one'])->ImGroup->ExchangeStoreId->Id;
$two = call('AddImGroup', ['DisplayName' => 'PHP two'])->ImGroup->ExchangeStoreId->Id;
$newContact = ['ImAddress' => 'php@contoso.com', 'DisplayName' => 'Zoë & co', 'GroupId' => ['Id' => $one]];
$persona = call('AddNewImContactToGroup', $newContact)->Persona;
check($persona->DisplayName === 'Zoë & co' && $persona->EmailAddresses->Address[0]->EmailAddress === 'php@contoso.com', $persona);
$contact = $persona->Attributions->Attribution[0]->SourceId->Id;
check(groups()['PHP one'] === [$contact], groups());

call('AddImContactToGroup', ['ContactId' => ['Id' => $contact], 'GroupId' => ['Id' => $two]]);
call('RemoveImContactFromGroup', ['ContactId' => ['Id' => $contact], 'GroupId' => ['Id' => $one]]);
call('SetImGroup', ['GroupId' => ['Id' => $two], 'NewDisplayName' => 'PHP renamed']);
check(groups()['PHP renamed'] === [$contact] && groups()['PHP one'] === [], groups());

$item = call('CreateItem', ['Items' => ['Contact' => [['GivenName' => 'Zoë', 'Surname' => 'Smith']]]])->Items->Contact[0]->ItemId->Id;
$found = call('FindItem', [
    'Traversal' => 'Shallow',
    'ItemShape' => ['BaseShape' => 'AllProperties'],
    'ParentFolderIds' => ['DistinguishedFolderId' => [['Id' => 'contacts']]],
]);
check($found->RootFolder->Items->Contact[0]->DisplayName === 'Zoë Smith', $found);
call('DeleteItem', ['DeleteType' => 'HardDelete', 'ItemIds' => ['ItemId' => [['Id' => $item]]]]);

call('RemoveImContactFromGroup', ['ContactId' => ['Id' => $contact], 'GroupId' => ['Id' => $two]]);
call('RemoveImGroup', ['GroupId' => ['Id' => $one]]);
call('RemoveImGroup', ['GroupId' => ['Id' => $two]]);
check(array_filter(array_keys(groups()), fn ($name) => str_starts_with($name, 'PHP')) === [], groups());

try {
    $client->SetImGroup(['GroupId' => ['Id' => $one], 'NewDisplayName' => '']);
    check(false, 'An empty name was accepted.');
} catch (SoapFault $fault) {
    check(str_contains($fault->getMessage(), 'schema validation'), $fault->getMessage());
}
echo 'PHP ', PHP_VERSION, "\n";
