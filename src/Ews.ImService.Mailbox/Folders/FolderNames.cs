using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The names of well-known folders in languages other than English.</summary>
/// <remarks>
/// Exchange names the folders in the language of the request that opens the mailbox first. Names that are missing here, and those of other
/// languages, are English.
/// </remarks>
internal static class FolderNames
{
    private static readonly ImmutableArray<string> Languages = ["de", "fr", "es", "ja"];

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["msgfolderroot"] =
        [
            "Oberste Ebene des Informationsspeichers", "Racine de la banque d'informations", "Principio del almacén de información",
            "インフォメーション ストアの先頭",
        ],
        ["inbox"] = ["Posteingang", "Boîte de réception", "Bandeja de entrada", "受信トレイ"],
        ["drafts"] = ["Entwürfe", "Brouillons", "Borradores", "下書き"],
        ["sentitems"] = ["Gesendete Elemente", "Éléments envoyés", "Elementos enviados", "送信済みアイテム"],
        ["outbox"] = ["Postausgang", "Boîte d'envoi", "Bandeja de salida", "送信トレイ"],
        ["deleteditems"] = ["Gelöschte Elemente", "Éléments supprimés", "Elementos eliminados", "削除済みアイテム"],
        ["junkemail"] = ["Junk-E-Mail", "Courrier indésirable", "Correo no deseado", "迷惑メール"],
        ["calendar"] = ["Kalender", "Calendrier", "Calendario", "予定表"],
        ["contacts"] = ["Kontakte", "Contacts", "Contactos", "連絡先"],
        ["tasks"] = ["Aufgaben", "Tâches", "Tareas", "タスク"],
        ["notes"] = ["Notizen", "Notes", "Notas", "メモ"],
        ["journal"] = ["Journal", "Journal", "Diario", "履歴"],
    };

    /// <summary>Determines whether there are names in the language of a culture.</summary>
    /// <param name="culture">The culture, such as <c>de-AT</c>.</param>
    public static bool IsTranslated(string culture) => LanguageOf(culture) >= 0;

    /// <summary>Returns a well-known folder with its name in the language of a culture.</summary>
    /// <param name="folder">The folder with its English name.</param>
    /// <param name="culture">The culture, such as <c>de-AT</c>; <c>null</c> for English.</param>
    public static MailboxFolder Localize(MailboxFolder folder, string? culture)
    {
        if (culture is null || folder.Name is null)
            return folder;
        var language = LanguageOf(culture);
        return language >= 0 && Names.TryGetValue(folder.Name, out var names) ? folder with { DisplayName = names[language] } : folder;
    }

    private static int LanguageOf(ReadOnlySpan<char> culture)
    {
        var end = culture.IndexOf('-');
        var language = end < 0 ? culture : culture[..end];
        for (var i = 0; i < Languages.Length; i++)
        {
            if (language.Equals(Languages[i], StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }
}
