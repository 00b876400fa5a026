// The types of the control API, generated from openapi.json by contract.mjs.
export interface paths {
    "/_control/v1": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the calls of the control API. */
        get: operations["index"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the OpenAPI document. */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/seed.schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the JSON schema of seed documents. */
        get: operations["seedSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the mailboxes of the realm as a seed document that creates identical mailboxes, including ids and order. */
        get: operations["exportSeed"];
        /** Replaces all mailboxes of the realm with those of the seed document. */
        put: operations["replaceMailboxes"];
        /** Loads the mailboxes of the seed document; mailboxes with the same address are replaced. */
        post: operations["loadMailboxes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the snapshots of the realm. */
        get: operations["listSnapshots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/snapshots/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes a snapshot of the mailboxes of the realm, which is kept until the service stops, or in PostgreSQL until it is deleted. */
        put: operations["takeSnapshot"];
        post?: never;
        /** Deletes a snapshot. */
        delete: operations["deleteSnapshot"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/snapshots/{name}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replaces all mailboxes of the realm with those of a snapshot. */
        post: operations["restoreSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/mailboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the mailboxes of the realm, ordered by address, with the number of objects in them. */
        get: operations["listMailboxes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/mailboxes/{smtpAddress}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the contents of a mailbox, as in a seed document. */
        get: operations["readMailbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/mailboxes/{smtpAddress}/ews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Executes the SOAP request in the body as the owner of a mailbox, and returns the SOAP response. The request requires no sign-in, triggers no fault rule, and is not recorded in the journal. */
        post: operations["executeEwsRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the journal entries of the realm in the order of arrival. */
        get: operations["listJournal"];
        put?: never;
        post?: never;
        /** Deletes all journal entries. */
        delete: operations["clearJournal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/journal/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts the journal entries that match a filter. */
        get: operations["countJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/journal/wait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Waits until a number of journal entries match a filter; returns the status 504 if the timeout expires. */
        get: operations["waitForJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/journal/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns a journal entry with headers and bodies. Credentials are redacted. */
        get: operations["readJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/journal/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a recorded request to the realm again, as the same user, and returns its journal entry with headers and bodies. */
        post: operations["replayJournal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Streams server-sent events: journal entries, and what was changed in the realm. The header Last-Event-ID continues after an event. */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the fault rules of the realm in the order in which they are matched. */
        get: operations["listFaults"];
        put?: never;
        /** Adds a fault rule after the others; a rule with the same id is replaced. */
        post: operations["addFault"];
        /** Deletes all fault rules. */
        delete: operations["clearFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/faults/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a fault rule. */
        delete: operations["deleteFault"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the clock of the realm. */
        get: operations["readClock"];
        /** Freezes the clock. */
        put: operations["freezeClock"];
        post?: never;
        /** Resumes the clock at the current system time. */
        delete: operations["releaseClock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves the running or frozen clock. */
        post: operations["advanceClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/realms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the names of all realms; the name of the default realm is empty. */
        get: operations["listRealms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/realms/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Creates a realm in the initial state, unless it exists: the status is 201 if it was created; otherwise, 200. */
        put: operations["createRealm"];
        post?: never;
        /** Deletes a realm with its mailboxes, snapshots, fault rules, journal and clock. */
        delete: operations["deleteRealm"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resets the realm to its initial state: mailboxes, fault rules, journal and clock. Snapshots are kept. */
        post: operations["reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the version, the settings in force without secrets, and the warnings of the service. */
        get: operations["describeServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/v1/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the newest events of the log, of which the service keeps 1,000. */
        get: operations["readLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A request to move the clock of a realm. */
        ClockAdvance: {
            /** @description The distance in milliseconds; a negative value moves the clock back. */
            milliseconds: number;
        };
        /** @description A request to freeze the clock of a realm. */
        ClockFreeze: {
            /**
             * Format: date-time
             * @description The time at which the clock is frozen; the default is its current time.
             */
            at?: string;
        };
        /** @description The state of the clock of a realm. */
        ClockState: {
            /**
             * Format: date-time
             * @description The current time.
             */
            now: string;
            /** @description True if the clock is frozen; otherwise, false. */
            isFrozen: boolean;
            /** @description The distance of the running clock from the system clock in milliseconds; 0 if it is frozen. */
            offsetMilliseconds: number;
        };
        /** @description The calls of the control API. */
        ControlApiIndex: {
            /** @description The name of the realm that the request addresses; the name of the default realm is empty. */
            realm: string;
            /** @description The path of the OpenAPI document. */
            openapi: string;
            /** @description The path of the JSON schema of seed documents. */
            seedSchema: string;
            /** @description The calls, such as GET /_control/v1/journal. */
            calls: string[];
        };
        /** @description A problem document, which describes a request that failed (RFC 9457). */
        ControlProblem: {
            /** @description The URI of the definition of the HTTP status. */
            type?: string;
            /** @description The title, which is the same for all problems. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description All problems as one text. */
            detail: string;
            /** @description The problems, one sentence each; at most the first hundred. */
            problems: string[];
        };
        /** @description A fault rule: the requests that it matches, and its effect. */
        FaultRule: {
            /** @description The id; the default is a new id. */
            id?: string;
            /** @description The number of requests that the rule matched; the service sets it. */
            readonly matched?: number;
            /** @description The number of requests that triggered the rule; the service sets it. */
            readonly triggered?: number;
            /**
             * @description The effect.
             * @enum {string}
             */
            kind: "serverBusy" | "responseCode" | "soapFault" | "http" | "delay" | "slowBody" | "drop" | "dropAfter" | "truncate" | "malformed";
            /** @description The EWS operation to match; the default is every request. */
            operation?: string;
            /** @description The primary address of the mailbox to match; the default is every mailbox. */
            mailbox?: string;
            /** @description The first matching request that can trigger the rule, counted from 1; the default is 1. */
            nth?: number;
            /** @description The maximum number of requests that trigger the rule; the default is unlimited. */
            times?: number;
            /** @description The probability that a matching request triggers the rule, from 0 to 1; the default is 1. */
            probability?: number;
            /** @description The seed of the random numbers, which are the same in every run; the default is 0. */
            seed?: number;
            /** @description An additional delay of the response in milliseconds, for every kind except delay; the default is 0. */
            delayMilliseconds?: number;
            /** @description The back-off in milliseconds that serverBusy requests; the default is 1000. */
            backOffMilliseconds?: number;
            /** @description The EWS response code of responseCode and soapFault, such as ErrorItemNotFound. */
            responseCode?: string;
            /** @description The message text of responseCode and soapFault; the default is the text of Exchange, if known. */
            messageText?: string;
            /** @description The HTTP status of http. */
            status?: number;
            /** @description The headers of http, such as Location or Retry-After: a string, or several strings for a header that is repeated. */
            headers?: {
                [key: string]: string | string[] | null;
            };
            /** @description The body of http; the default is empty. */
            body?: string;
            /** @description The delay of delay in milliseconds. */
            milliseconds?: number;
            /** @description The rate of slowBody in bytes per second; the default is 100. */
            bytesPerSecond?: number;
            /** @description The number of bytes that truncate sends; the default is 100. */
            bytes?: number;
        };
        /** @description The fault rules of a realm. */
        FaultRuleList: {
            /** @description The fault rules in the order in which they are matched. */
            faults: components["schemas"]["FaultRule"][];
        };
        /** @description The data of the event journal: the entries that match the filter of the stream and were added or changed. */
        JournalChanges: {
            /** @description A value that indicates whether the entries replace all entries that the client has; otherwise, they are added to them, or replace those with the same ids. */
            reset: boolean;
            /** @description The id of the oldest entry of the journal; if the journal is empty, that of the next entry. Entries with smaller ids were evicted or deleted. */
            firstId: number;
            /** @description The id of the newest request, even if its entry was deleted; 0 if there was none. */
            lastId: number;
            /** @description The number of further entries that match and were added or changed, but are older than those of the event. */
            skipped: number;
            /** @description The entries, oldest first, without headers and bodies. */
            entries: components["schemas"]["JournalEntry"][];
            /** @description The ids of entries that the client may have, and that do not match any more, or were changed and skipped. */
            removed: number[];
        };
        /** @description The number of journal entries that match a filter. */
        JournalCount: {
            /** @description The number of entries. */
            count: number;
        };
        /** @description A journal entry: a request and its response. */
        JournalEntry: {
            /** @description The id, counted from 1 in the realm. */
            id: number;
            /**
             * Format: date-time
             * @description The time of arrival, by the clock of the realm.
             */
            time: string;
            /**
             * @description The progress of the request.
             * @enum {string}
             */
            state: "arrived" | "answered" | "failed";
            /** @description The HTTP method. */
            method: string;
            /** @description The path and query, without the path prefix of the realm. */
            path: string;
            /** @description The EWS operation, or null if it is unknown. */
            operation: string | null;
            /** @description The primary address of the mailbox, or null if the request reached no mailbox. */
            mailbox: string | null;
            /** @description The EWS response code, or null if there is none. */
            responseCode: string | null;
            /** @description The HTTP status, or null if no response was completed. */
            status: number | null;
            /** @description The id of the fault rule that the request triggered, or null if it triggered none. */
            fault: string | null;
            /**
             * @description The kind of the fault rule when the request triggered it, or null if it triggered none.
             * @enum {string}
             */
            faultKind?: "serverBusy" | "responseCode" | "soapFault" | "http" | "delay" | "slowBody" | "drop" | "dropAfter" | "truncate" | "malformed";
            /** @description The time in milliseconds by which the request arrived before the end of a back-off that ErrorServerBusy requested, or null if it did not. */
            earlyByMilliseconds: number | null;
            /** @description The duration in milliseconds, or null until the request ends. */
            milliseconds: number | null;
            /** @description The id of the entry whose request this request repeats, or null if it is not a replay. */
            replayOf?: number;
            /** @description The id of the trace to which the request belongs, 32 hexadecimal digits, if the service traces it or the client sent the header traceparent. */
            traceId?: string;
            /** @description The length of the request body in bytes. */
            requestBytes: number;
            /** @description The length of the response body in bytes. */
            responseBytes: number;
            /** @description The headers and body of the request, if they were requested. */
            request?: components["schemas"]["JournalMessage"];
            /** @description The headers and body of the response, if they were requested. */
            response?: components["schemas"]["JournalMessage"];
        };
        /** @description The headers and body of a request or a response. Credentials are redacted. */
        JournalMessage: {
            /** @description The headers by name. */
            headers: {
                [key: string]: string;
            };
            /** @description The body, if it is valid UTF-8. */
            body?: string;
            /** @description The body in Base64, if it is not valid UTF-8. */
            bodyBase64?: string;
            /** @description A value that indicates whether secrets were removed from the body. If so, the line and the position of a schema violation are not those of body. */
            isRedacted?: boolean;
        };
        /** @description A page of journal entries. */
        JournalPage: {
            /** @description The number of entries. */
            count: number;
            /** @description The version of the journal, which changes when an entry is added, changed or deleted. */
            version: number;
            /** @description The id of the newest entry that was evicted because of the limits Control:JournalEntries and Control:JournalBytes since the journal was cleared or reset; 0 if none was evicted. */
            evictedThroughId?: number;
            /** @description The entries in the order of arrival. */
            entries: components["schemas"]["JournalEntry"][];
        };
        /** @description An event of the log. */
        LogLine: {
            /** @description The id. */
            id: number;
            /** @description The text, at most 2,000 characters. That of an exception has several lines. */
            text: string;
        };
        /** @description The newest events of the log. */
        LogPage: {
            /** @description A text that is new for each start of the service, whose ids begin with 1 again. */
            epoch: string;
            /** @description The id of the newest event; 0 if there is none. */
            lastId: number;
            /** @description The events, oldest first. */
            lines: components["schemas"]["LogLine"][];
        };
        /** @description The mailboxes of a realm. */
        MailboxList: {
            /** @description The number of mailboxes that match, including those above the limit. */
            count: number;
            /** @description The mailboxes, ordered by address. */
            mailboxes: components["schemas"]["MailboxSummary"][];
        };
        /** @description The number of objects in a mailbox. */
        MailboxSummary: {
            /** @description The primary SMTP address. */
            smtpAddress: string;
            /**
             * Format: uuid
             * @description The GUID from which EWS ids are derived.
             */
            mailboxGuid: string;
            /** @description The number of IM groups, including system groups. */
            groups: number;
            /** @description The number of IM contacts. */
            imContacts: number;
            /** @description The number of contacts that are not on the IM list. */
            contacts: number;
        };
        /** @description The data of the event changed: what was changed since the last event. */
        RealmChanges: {
            /** @description The parts that were changed: faults, snapshots, clock, realms, log. */
            parts: string[];
            /** @description The primary addresses of the mailboxes that were created, changed or deleted. */
            mailboxes: string[];
            /** @description A value that indicates whether any mailbox may have been changed. */
            allMailboxes: boolean;
        };
        /** @description The realms of the service. */
        RealmList: {
            /** @description The names in ordinal order; the name of the default realm is empty. */
            realms: string[];
        };
        /** @description A file attached to a contact. */
        SeedAttachment: {
            /** @description The file name. */
            name: string;
            /** @description The content in Base64. */
            content: string;
            /** @description The MIME type. */
            contentType?: string;
            /** @description The id by which a body refers to the attachment. */
            contentId?: string;
            /** @description The URI of the content. */
            contentLocation?: string;
            /** @description A value that indicates whether the attachment is shown within a body; the default is false. */
            isInline?: boolean;
            /** @description A value that indicates whether the attachment is the picture of the contact; the default is false. */
            isContactPhoto?: boolean;
            /** @description The number from which the EWS id is derived, which is unique in the contact; the default is the next ordinal of the mailbox. */
            number?: number;
            /**
             * Format: date-time
             * @description The creation time; the default is the current time of the realm.
             */
            lastModifiedTime?: string;
        };
        /** @description A contact that is not on the IM list. */
        SeedContact: {
            /** @description The path of the folder that contains the contact; the default is contacts. */
            folder?: string;
            /** @description The display name; the default for an IM contact is its address, or the telephone number of a phone contact. */
            displayName?: string;
            /** @description The EWS id; the default is derived from the ordinal. */
            id?: string;
            /** @description The EWS id of the persona; the default is a new id. */
            personaId?: string;
            /** @description The ordinal, which is unique in the mailbox; the default is the next one. */
            ordinal?: number;
            /** @description The version, counted from 1, from which the change key is derived; the default is 1. */
            version?: number;
            /**
             * Format: date-time
             * @description The creation time; the default is the current time of the realm.
             */
            creationTime?: string;
            /**
             * Format: date-time
             * @description The time of the last modification; the default is the creation time.
             */
            lastModifiedTime?: string;
            /** @description The contact properties by EWS property path, such as contacts:GivenName: a string, several strings, or null to delete a property that is derived from the address. */
            properties?: {
                [key: string]: string | string[] | null;
            };
            /** @description The attachments in the order in which they were added. */
            attachments?: components["schemas"]["SeedAttachment"][];
        };
        /** @description A seed document: mailboxes and their contents. Only addresses and names are required. */
        SeedDocument: {
            /** @description The URL of the JSON schema, for editors; it is ignored. */
            $schema?: string;
            /** @description The mailboxes. */
            mailboxes: components["schemas"]["SeedMailbox"][];
        };
        /** @description A folder. */
        SeedFolder: {
            /** @description The path: the distinguished name of a well-known folder and, after a slash, the names of subfolders, such as contacts/Team. In a name, ~0 stands for a tilde and ~1 for a slash. */
            path: string;
            /** @description The display name of a well-known folder; the default depends on the culture of the mailbox. */
            displayName?: string;
            /** @description The folder class; the default is IPF.Contact. Well-known folders have fixed classes. */
            folderClass?: string;
            /** @description The ordinal, which is unique in the mailbox, and determines the EWS id; the default is the next one. */
            ordinal?: number;
            /** @description The version, counted from 1, from which the change key is derived; the default is 1. */
            version?: number;
            /**
             * Format: date-time
             * @description The creation time; the default is the current time of the realm. Well-known folders have none.
             */
            creationTime?: string;
            /**
             * Format: date-time
             * @description The time of the last modification; the default is the creation time.
             */
            lastModifiedTime?: string;
            /** @description The extended properties by path, such as extended:0x10f4:Boolean: a string, several strings, or null to delete a property that the well-known folder has. */
            properties?: {
                [key: string]: string | string[] | null;
            };
        };
        /** @description An IM group. */
        SeedGroup: {
            /** @description The display name, which is unique in the mailbox regardless of case. */
            displayName: string;
            /**
             * @description The type; the default is UserGroup.
             * @enum {string}
             */
            type?: "UserGroup" | "DistributionGroup" | "OtherContacts" | "Tagged" | "Favorites";
            /** @description The SMTP address of a distribution group. */
            smtpAddress?: string;
            /** @description The EWS id; the default is derived from the ordinal. */
            id?: string;
            /** @description The ordinal, which is unique in the mailbox; the default is the next one. */
            ordinal?: number;
            /** @description The members in the order in which they were added. A string is the address of an IM contact. */
            members?: (string | components["schemas"]["SeedMember"])[];
        };
        /** @description An IM contact (Quick Contact), which has an IM address or a tel URI. */
        SeedImContact: {
            /** @description The IM address, which is unique in the mailbox regardless of case. */
            imAddress?: string;
            /** @description The addresses of a phone contact, instead of imAddress. */
            telUri?: components["schemas"]["SeedTelUri"];
            /** @description The display name; the default for an IM contact is its address, or the telephone number of a phone contact. */
            displayName?: string;
            /** @description The EWS id; the default is derived from the ordinal. */
            id?: string;
            /** @description The EWS id of the persona; the default is a new id. */
            personaId?: string;
            /** @description The ordinal, which is unique in the mailbox; the default is the next one. */
            ordinal?: number;
            /** @description The version, counted from 1, from which the change key is derived; the default is 1. */
            version?: number;
            /**
             * Format: date-time
             * @description The creation time; the default is the current time of the realm.
             */
            creationTime?: string;
            /**
             * Format: date-time
             * @description The time of the last modification; the default is the creation time.
             */
            lastModifiedTime?: string;
            /** @description The contact properties by EWS property path, such as contacts:GivenName: a string, several strings, or null to delete a property that is derived from the address. */
            properties?: {
                [key: string]: string | string[] | null;
            };
            /** @description The attachments in the order in which they were added. */
            attachments?: components["schemas"]["SeedAttachment"][];
        };
        /** @description A mailbox. It has the system groups even if the document omits them. */
        SeedMailbox: {
            /** @description The primary SMTP address. */
            smtpAddress: string;
            /**
             * Format: uuid
             * @description The GUID from which EWS ids are derived; the default is a new GUID.
             */
            mailboxGuid?: string;
            /** @description The last ordinal that was assigned in the mailbox. The ordinals and the ids of the mailbox, which contain ordinals, raise it if they are greater. */
            lastCounter?: number;
            /** @description A value that indicates whether the IM list migration is complete; the default is false. */
            imListMigrationCompleted?: boolean;
            /** @description The culture of the names of well-known folders, such as de-DE; the default is English. */
            culture?: string;
            /** @description The folders that the mailbox has in addition to the well-known folders, and the well-known folders that differ from those of a new mailbox. A folder follows its parent. */
            folders?: components["schemas"]["SeedFolder"][];
            /** @description The IM groups in list order. */
            groups?: components["schemas"]["SeedGroup"][];
            /** @description The IM contacts (Quick Contacts). */
            imContacts?: components["schemas"]["SeedImContact"][];
            /** @description The contacts that are not on the IM list. */
            contacts?: components["schemas"]["SeedContact"][];
            /** @description The out-of-office settings; the default is that none are stored. */
            oof?: components["schemas"]["SeedOofSettings"];
        };
        /** @description A member of an IM group: an IM contact, identified by its address or by its tel URI. */
        SeedMember: {
            /** @description The address of an IM contact; a contact that the document does not contain is created. */
            contact?: string;
            /** @description The tel URI of a phone contact, instead of contact. */
            telUri?: string;
            /** @description The ordinal that orders the members, which is unique in the mailbox; the default is the next one. */
            ordinal?: number;
        };
        /** @description The out-of-office settings of a mailbox. The service stores them; it sends no replies. */
        SeedOofSettings: {
            /**
             * @description The state; the default is Disabled.
             * @enum {string}
             */
            state?: "Disabled" | "Enabled" | "Scheduled";
            /**
             * @description The senders outside the organization who receive the external reply; the default is All.
             * @enum {string}
             */
            externalAudience?: "None" | "Known" | "All";
            /**
             * Format: date-time
             * @description The start of the absence; the default is the current hour of the realm.
             */
            start?: string;
            /**
             * Format: date-time
             * @description The end of the absence; the default is one day after the current hour of the realm.
             */
            end?: string;
            /** @description The reply to senders of the organization. */
            internalReply?: string;
            /** @description The reply to other senders. */
            externalReply?: string;
        };
        /** @description The addresses of a phone contact. */
        SeedTelUri: {
            /** @description The tel URI, which is unique in the mailbox. */
            telUriAddress: string;
            /** @description The SIP URI. */
            imContactSipUriAddress: string;
            /** @description The telephone number. */
            imTelephoneNumber: string;
        };
        /** @description A setting in force. */
        ServerSetting: {
            /** @description The key, such as Limits:MaxGroups. */
            key: string;
            /** @description The value as it was given, or the default; (hidden) for a secret that was given. */
            value: string;
            /** @description A value that indicates whether the setting was not given. */
            isDefault: boolean;
            /** @description A value that indicates whether the value is hidden if it is given. */
            isSecret: boolean;
        };
        /** @description The service and its settings. */
        ServerState: {
            /** @description The version of the program. */
            version: string;
            /**
             * Format: date-time
             * @description The time at which the service was started, by the clock of the system.
             */
            startedAt: string;
            /** @description The first EWS URL for clients, or that of the proxy that forwarded the call. */
            ewsUrl: string;
            /** @description The full path of the database file, :memory:, or the URL of a PostgreSQL database without the password. */
            database: string;
            /** @description The name of this instance of a service on PostgreSQL; null for a database file. */
            instance?: string;
            /** @description The settings in force, in the order of the documentation. Lists without items are not included. */
            settings: components["schemas"]["ServerSetting"][];
            /** @description Findings about settings that probably do not have the intended effect, one sentence each. */
            warnings: string[];
        };
        /** @description The snapshots of a realm. */
        SnapshotList: {
            /** @description The names in ordinal order. */
            snapshots: string[];
            /** @description The snapshots in the same order. */
            details: components["schemas"]["SnapshotSummary"][];
        };
        /** @description A snapshot. */
        SnapshotSummary: {
            /** @description The name. */
            name: string;
            /**
             * Format: date-time
             * @description The time of the realm at which the snapshot was taken.
             */
            takenAt: string;
            /** @description The number of mailboxes. */
            mailboxes: number;
        };
    };
    responses: {
        /** @description The request failed; nothing was changed. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ControlProblem"];
            };
        };
    };
    parameters: {
        /** @description The name of the realm; the default is the default realm. */
        realm: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    index: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlApiIndex"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    seedSchema: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": Record<string, never>;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportSeed: {
        parameters: {
            query?: {
                /** @description The primary address of a mailbox, to return only this mailbox. */
                mailbox?: string;
                /** @description The value short, to omit ids, times, and values that the service derives. */
                form?: "short";
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeedDocument"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceMailboxes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeedDocument"];
            };
        };
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    loadMailboxes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeedDocument"];
            };
        };
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listSnapshots: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The name of the snapshot; a snapshot with the same name is replaced. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The name of the snapshot. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    restoreSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The name of the snapshot. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMailboxes: {
        parameters: {
            query?: {
                /** @description A part of the primary address, regardless of case. */
                search?: string;
                /** @description The maximum number of mailboxes; the default is all. */
                limit?: number;
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailboxList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readMailbox: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The primary address of the mailbox. */
                smtpAddress: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeedMailbox"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    executeEwsRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The primary address of the mailbox, which is created if it does not exist. */
                smtpAddress: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/xml": string;
            };
        };
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
            /** @description A SOAP fault. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listJournal: {
        parameters: {
            query?: {
                /** @description The EWS operation, such as AddImGroup. */
                operation?: string;
                /** @description A text that the name of the operation contains, regardless of case. The operation may be one that EWS does not have. */
                operationContains?: string;
                /** @description The primary address of the mailbox, regardless of case. */
                mailbox?: string;
                /** @description The EWS response code, such as NoError, regardless of case. */
                responseCode?: string;
                /** @description The HTTP status. */
                status?: number;
                /** @description The progress of the request. */
                state?: "arrived" | "answered" | "failed";
                /** @description A value that indicates whether the request has no successful response: it failed, or it was answered with an HTTP status of 400 or more, or with a response code other than NoError. */
                errors?: boolean;
                /** @description A value that indicates whether the request arrived before the end of a back-off that ErrorServerBusy requested. */
                early?: boolean;
                /** @description The id of the fault rule that the request triggered. */
                fault?: string;
                /** @description A value that indicates whether the request triggered a fault rule. */
                faulted?: boolean;
                /** @description A text that the request body contains, regardless of case. */
                contains?: string;
                /** @description An id; only entries with a greater id match. */
                after?: number;
                /** @description An id; only entries with a smaller id match. */
                before?: number;
                /** @description The maximum number of entries; older ones are omitted. */
                limit?: number;
                /** @description true to include headers and bodies. */
                bodies?: boolean;
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    clearJournal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    countJournal: {
        parameters: {
            query?: {
                /** @description The EWS operation, such as AddImGroup. */
                operation?: string;
                /** @description A text that the name of the operation contains, regardless of case. The operation may be one that EWS does not have. */
                operationContains?: string;
                /** @description The primary address of the mailbox, regardless of case. */
                mailbox?: string;
                /** @description The EWS response code, such as NoError, regardless of case. */
                responseCode?: string;
                /** @description The HTTP status. */
                status?: number;
                /** @description The progress of the request. */
                state?: "arrived" | "answered" | "failed";
                /** @description A value that indicates whether the request has no successful response: it failed, or it was answered with an HTTP status of 400 or more, or with a response code other than NoError. */
                errors?: boolean;
                /** @description A value that indicates whether the request arrived before the end of a back-off that ErrorServerBusy requested. */
                early?: boolean;
                /** @description The id of the fault rule that the request triggered. */
                fault?: string;
                /** @description A value that indicates whether the request triggered a fault rule. */
                faulted?: boolean;
                /** @description A text that the request body contains, regardless of case. */
                contains?: string;
                /** @description An id; only entries with a greater id match. */
                after?: number;
                /** @description An id; only entries with a smaller id match. */
                before?: number;
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalCount"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    waitForJournal: {
        parameters: {
            query?: {
                /** @description The EWS operation, such as AddImGroup. */
                operation?: string;
                /** @description A text that the name of the operation contains, regardless of case. The operation may be one that EWS does not have. */
                operationContains?: string;
                /** @description The primary address of the mailbox, regardless of case. */
                mailbox?: string;
                /** @description The EWS response code, such as NoError, regardless of case. */
                responseCode?: string;
                /** @description The HTTP status. */
                status?: number;
                /** @description The progress of the request. */
                state?: "arrived" | "answered" | "failed";
                /** @description A value that indicates whether the request has no successful response: it failed, or it was answered with an HTTP status of 400 or more, or with a response code other than NoError. */
                errors?: boolean;
                /** @description A value that indicates whether the request arrived before the end of a back-off that ErrorServerBusy requested. */
                early?: boolean;
                /** @description The id of the fault rule that the request triggered. */
                fault?: string;
                /** @description A value that indicates whether the request triggered a fault rule. */
                faulted?: boolean;
                /** @description A text that the request body contains, regardless of case. */
                contains?: string;
                /** @description An id; only entries with a greater id match. */
                after?: number;
                /** @description An id; only entries with a smaller id match. */
                before?: number;
                /** @description The number of entries; the default is 1. */
                count?: number;
                /** @description The version of the journal after which it must have changed; the default is any version. */
                version?: number;
                /** @description The timeout in milliseconds; the default is 5000. */
                timeoutMilliseconds?: number;
                /** @description true to include headers and bodies. */
                bodies?: boolean;
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readJournal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The id of the entry. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntry"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayJournal: {
        parameters: {
            query?: {
                /** @description The time in milliseconds after which the client of the request disconnects; the default is 30000. */
                timeoutMilliseconds?: number;
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The id of the entry. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntry"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description The EWS operation, such as AddImGroup. */
                operation?: string;
                /** @description A text that the name of the operation contains, regardless of case. The operation may be one that EWS does not have. */
                operationContains?: string;
                /** @description The primary address of the mailbox, regardless of case. */
                mailbox?: string;
                /** @description The EWS response code, such as NoError, regardless of case. */
                responseCode?: string;
                /** @description The HTTP status. */
                status?: number;
                /** @description The progress of the request. */
                state?: "arrived" | "answered" | "failed";
                /** @description A value that indicates whether the request has no successful response: it failed, or it was answered with an HTTP status of 400 or more, or with a response code other than NoError. */
                errors?: boolean;
                /** @description A value that indicates whether the request arrived before the end of a back-off that ErrorServerBusy requested. */
                early?: boolean;
                /** @description The id of the fault rule that the request triggered. */
                fault?: string;
                /** @description A value that indicates whether the request triggered a fault rule. */
                faulted?: boolean;
                /** @description A text that the request body contains, regardless of case. */
                contains?: string;
                /** @description The maximum number of journal entries in one event; older ones are skipped. The default is 100. */
                limit?: number;
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["JournalChanges"] | components["schemas"]["RealmChanges"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listFaults: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultRuleList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addFault: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultRule"];
            };
        };
        responses: {
            /** @description The request succeeded. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultRule"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    clearFaults: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteFault: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The id of the fault rule. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    freezeClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClockFreeze"];
            };
        };
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    releaseClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    advanceClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClockAdvance"];
            };
        };
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRealms: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RealmList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRealm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The name of the realm. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request succeeded. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteRealm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path: {
                /** @description The name of the realm. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    reset: {
        parameters: {
            query?: {
                /** @description The primary address of a mailbox, to reset only this mailbox. */
                mailbox?: string;
                /** @description The value all, to reset all realms. */
                realms?: "all";
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    describeServer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readLog: {
        parameters: {
            query?: {
                /** @description Returns only events with a greater id. */
                after?: number;
                /** @description The maximum number of events; the default is 500. */
                limit?: number;
            };
            header?: {
                /** @description The name of the realm; the default is the default realm. */
                "X-Ews-Realm"?: components["parameters"]["realm"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request succeeded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
