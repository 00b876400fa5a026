export const messagesNamespace = 'http://schemas.microsoft.com/exchange/services/2006/messages';
export const typesNamespace = 'http://schemas.microsoft.com/exchange/services/2006/types';
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
