import type { Schemas } from './schemas';
import type { SeedMailbox } from './seedMailbox';

/** Configures a server that a test starts. */
export interface EwsImServerOptions {
    /** The path of the program; the default is that of EWS_IM_PROGRAM, of the package for this system, or on the path. */
    program?: string;
    /** The mailboxes of each realm in its initial state, to which a reset returns; the default is none. */
    mailboxes?: (SeedMailbox | Schemas['SeedMailbox'])[];
    /** Settings of the service by key, such as `{ 'Limits:MaxGroups': 8 }`. They take precedence over the other options. Relative paths
     * begin at the working directory. */
    settings?: Record<string, string | number | boolean>;
    /** `true` to use TLS with a certificate that is created for this run; the default is `false`. */
    useHttps?: boolean;
    /** The port; the default is a free port. */
    port?: number;
    /** The SQLite file; the default keeps the mailboxes in memory. */
    databasePath?: string;
    /** A number from which ids are derived; the default is random ids. */
    idSeed?: number;
    /** A callback for each line of the log. An exception of it is an uncaught exception of this process. */
    logLine?: (line: string) => void;
    /** The maximum time until the server is ready; the default is 30000. */
    startTimeoutMilliseconds?: number;
}

/** Configures the connection to a server that is already running. */
export interface AttachOptions {
    /** The value of its setting `Control:Token`; the default is the environment variable EWS_IM_TOKEN. */
    token?: string;
    /** The certificate of the server in PEM format, if the system does not trust it; the default is that in the file of the environment
     * variable EWS_IM_CERTIFICATE. */
    certificate?: string;
}
