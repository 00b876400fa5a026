// Runs the client scenario with the JAX-WS proxy that wsimport generates from the service's WSDL. The proxy sends each header that is not
// set with xsi:nil.
import ews.*;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.Holder;
import javax.xml.ws.soap.SOAPFaultException;

class Scenario {
    static final String GROUP = "JAX-WS " + System.getenv("EWS_AUTH");
    static final RequestServerVersion VERSION = new RequestServerVersion();
    static ExchangeServicePortType port;

    public static void main(String[] args) throws Exception {
        VERSION.setVersion(ExchangeVersionType.EXCHANGE_2013);
        String url = System.getenv("EWS_URL") + "EWS/";
        port = new ExchangeServices(new URL(url + "Services.wsdl")).getExchangeServicePort();
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, url + "Exchange.asmx");
        if (!System.getenv("EWS_AUTH").equals("none")) {
            context.put(BindingProvider.USERNAME_PROPERTY, System.getenv("EWS_USER"));
            context.put(BindingProvider.PASSWORD_PROPERTY, System.getenv("EWS_PASSWORD"));
        }

        ItemIdType one = addGroup(GROUP + " one");
        ItemIdType two = addGroup(GROUP + " two");
        PersonaType persona = addContact("jaxws@contoso.com", "Zoë & co", one);
        check(persona.getDisplayName().equals("Zoë & co"), persona.getDisplayName());
        ItemIdType contact = new ItemIdType();
        contact.setId(persona.getAttributions().getAttribution().get(0).getSourceId().getId());
        check(groups().get(GROUP + " one").equals(List.of(contact.getId())), "The contact is not in the first group.");

        AddImContactToGroupType add = new AddImContactToGroupType();
        add.setContactId(contact);
        add.setGroupId(two);
        Holder<AddImContactToGroupResponseMessageType> added = new Holder<>();
        port.addImContactToGroup(add, null, null, VERSION, added, new Holder<>());
        ok(added.value);
        removeContact(contact, one);
        SetImGroupType rename = new SetImGroupType();
        rename.setGroupId(two);
        rename.setNewDisplayName(GROUP + " renamed");
        Holder<SetImGroupResponseMessageType> renamed = new Holder<>();
        port.setImGroup(rename, null, null, VERSION, renamed, new Holder<>());
        ok(renamed.value);
        Map<String, List<String>> moved = groups();
        check(moved.get(GROUP + " renamed").equals(List.of(contact.getId())) && moved.get(GROUP + " one").isEmpty(), moved.toString());

        removeContact(contact, two);
        removeGroup(one);
        removeGroup(two);
        check(groups().keySet().stream().noneMatch(name -> name.startsWith(GROUP)), "The groups were not removed.");

        try {
            rename.setNewDisplayName("");
            port.setImGroup(rename, null, null, VERSION, renamed, new Holder<>());
            check(false, "An empty name was accepted.");
        } catch (SOAPFaultException e) {
            check(e.getMessage().contains("schema validation"), e.getMessage());
        }

        System.out.println("JAX-WS RI on Java " + System.getProperty("java.version"));
    }

    static ItemIdType addGroup(String name) {
        AddImGroupType request = new AddImGroupType();
        request.setDisplayName(name);
        Holder<AddImGroupResponseMessageType> response = new Holder<>();
        Holder<ServerVersionInfo> version = new Holder<>();
        port.addImGroup(request, null, null, VERSION, response, version);
        check(version.value.getMajorVersion() == 15, "The version is not that of Exchange 2013 or later.");
        return ok(response.value).getImGroup().getExchangeStoreId();
    }

    static PersonaType addContact(String address, String name, ItemIdType group) {
        AddNewImContactToGroupType request = new AddNewImContactToGroupType();
        request.setImAddress(address);
        request.setDisplayName(name);
        request.setGroupId(group);
        Holder<AddNewImContactToGroupResponseMessageType> response = new Holder<>();
        port.addNewImContactToGroup(request, null, null, VERSION, response, new Holder<>());
        return ok(response.value).getPersona();
    }

    static void removeContact(ItemIdType contact, ItemIdType group) {
        RemoveImContactFromGroupType request = new RemoveImContactFromGroupType();
        request.setContactId(contact);
        request.setGroupId(group);
        Holder<RemoveImContactFromGroupResponseMessageType> response = new Holder<>();
        port.removeImContactFromGroup(request, null, null, VERSION, response, new Holder<>());
        ok(response.value);
    }

    static void removeGroup(ItemIdType group) {
        RemoveImGroupType request = new RemoveImGroupType();
        request.setGroupId(group);
        Holder<RemoveImGroupResponseMessageType> response = new Holder<>();
        port.removeImGroup(request, null, null, VERSION, response, new Holder<>());
        ok(response.value);
    }

    /** Returns the ids of the members of each group. */
    static Map<String, List<String>> groups() {
        Holder<GetImItemListResponseMessageType> response = new Holder<>();
        port.getImItemList(new GetImItemListType(), null, null, VERSION, response, new Holder<>());
        Map<String, List<String>> groups = new TreeMap<>();
        for (ImGroupType group : ok(response.value).getImItemList().getGroups().getImGroup()) {
            List<ItemIdType> members = group.getMemberCorrelationKey() == null ? List.of() : group.getMemberCorrelationKey().getItemId();
            groups.put(group.getDisplayName(), members.stream().map(ItemIdType::getId).collect(Collectors.toList()));
        }

        return groups;
    }

    static <T extends ResponseMessageType> T ok(T response) {
        check(response.getResponseCode().equals("NoError"), response.getResponseCode() + ": " + response.getMessageText());
        return response;
    }

    static void check(boolean condition, String message) {
        if (!condition)
            throw new IllegalStateException(message);
    }
}
