using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Kyodo.Workbooks;

/// <summary>Opens the parts of a file being written, and writes the few shapes every part is made of.</summary>
internal static class PartXmlWriter
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string OfficeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    public const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";

    public static void WritePart(this ZipArchive zip, string name, DateTimeOffset stamp, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = stamp;
        using var stream = entry.Open();
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineHandling = NewLineHandling.Entitize,
            CheckCharacters = true,
        });
        writer.WriteStartDocument(standalone: true);
        write(writer);
    }

    extension(XmlWriter writer)
    {
        public void Start(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
        {
            writer.WriteStartElement(name, Main);
            writer.Attributes(attributes);
        }

        public void Element(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
        {
            writer.Start(name, attributes);
            writer.WriteEndElement();
        }

        /// <summary>Attributes without a value are left out.</summary>
        public void Attributes(params ReadOnlySpan<(string Name, string? Value)> attributes)
        {
            foreach (var (name, value) in attributes)
                if (value is not null)
                    writer.WriteAttributeString(name, value);
        }
    }
}
