using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ews.ImService.Testing.Tests.PublicApi;

/// <summary>Prints the public API of an assembly as C# declarations, sorted by name, without the generated members of records.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Prints the public API of an assembly.</summary>
    public static string Print(Assembly assembly)
    {
        var output = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
            Print(output, type);
        return output.ToString();
    }

    private static void Print(StringBuilder output, Type type)
    {
        output.Append("public ").Append(KindOf(type)).Append(' ').Append(type.FullName);
        if (!type.IsEnum)
            output.AppendJoin(string.Empty, BaseTypesOf(type).Select((name, index) => (index == 0 ? " : " : ", ") + name));
        output.Append('\n');
        var members = MembersOf(type)
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Text, StringComparer.Ordinal);
        foreach (var (_, text) in members)
            output.Append("    ").Append(text).Append('\n');
        output.Append('\n');
    }

    private static string KindOf(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return "struct";
        var modifier = type is { IsAbstract: true, IsSealed: true } ? "static "
            : type.IsAbstract ? "abstract "
            : type.IsSealed ? "sealed "
            : "";
        return modifier + (IsRecord(type) ? "record" : "class");
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static IEnumerable<string> BaseTypesOf(Type type)
    {
        if (type.BaseType is { } baseType && baseType != typeof(object) && baseType != typeof(ValueType))
            yield return NameOf(baseType);
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        foreach (var name in type.GetInterfaces().Except(inherited).Select(NameOf).Order(StringComparer.Ordinal))
        {
            if (!IsRecord(type) || !name.StartsWith("IEquatable<", StringComparison.Ordinal))
                yield return name;
        }
    }

    private static IEnumerable<(string Name, string Text)> MembersOf(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => (string.Empty, $"{name} = {Convert.ToInt32(Enum.Parse(type, name))}"));
        var constructors = type.GetConstructors(Declared).Where(IsVisible);
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily);
        var properties = type.GetProperties(Declared).Where(IsVisible);
        var events = type.GetEvents(Declared).Where(declared => IsVisible(declared.AddMethod!));
        var methods = type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method));
        return
        [
            .. constructors.Select(constructor => (string.Empty, Print(type, constructor))),
            .. fields.Select(field => (field.Name, Print(field))),
            .. properties.Select(property => (property.Name, Print(property))),
            .. events.Select(declared => (declared.Name, $"event {NameOf(declared.EventHandlerType!)} {declared.Name}")),
            .. methods.Select(method => (method.Name, Print(method))),
        ];
    }

    private static bool IsVisible(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Any(accessor => accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly)
        && property.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && property.Name != "EqualityContract";

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsVisible(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null;

    private static string Print(Type type, ConstructorInfo constructor) =>
        $"{AccessOf(constructor)}{type.Name}({Print(constructor.GetParameters())})";

    private static string Print(FieldInfo field)
    {
        var modifier = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return modifier + $"{NameOf(Nullability.Create(field))} {field.Name}";
    }

    private static string Print(PropertyInfo property)
    {
        var isRequired = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        var accessors = property.GetAccessors(nonPublic: true)
            .Where(accessor => accessor.IsPublic || accessor.IsFamily)
            .Select(accessor => accessor == property.GetMethod ? "get;" : IsInit(accessor) ? "init;" : "set;")
            .Order(StringComparer.Ordinal);
        var modifiers = ModifiersOf(property.GetMethod!) + (isRequired ? "required " : "");
        return $"{modifiers}{NameOf(Nullability.Create(property))} {property.Name} {{ {string.Join(' ', accessors)} }}";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Print(MethodInfo method)
    {
        var typeParameters = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";
        var returnType = NameOf(Nullability.Create(method.ReturnParameter));
        return $"{ModifiersOf(method)}{returnType} {method.Name}{typeParameters}({Print(method.GetParameters())})";
    }

    private static string ModifiersOf(MethodInfo method) =>
        AccessOf(method) + (method.IsStatic ? "static "
            : method.GetBaseDefinition() != method ? "override "
            : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract "
            : method is { IsVirtual: true, IsFinal: false } && !method.DeclaringType!.IsInterface ? "virtual "
            : "");

    private static string AccessOf(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Print(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Print));

    private static string Print(ParameterInfo parameter)
    {
        var modifier = parameter.GetCustomAttribute<ParamArrayAttribute>() is not null ? "params " : parameter.IsOut ? "out " : "";
        var value = parameter.HasDefaultValue ? " = " + Print(parameter.DefaultValue, parameter.ParameterType) : "";
        return $"{modifier}{NameOf(Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Print(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool boolean => boolean ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string NameOf(NullabilityInfo info)
    {
        var type = info.Type;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return NameOf(underlying) + "?";
        var name = info.ElementType is { } element ? NameOf(element) + "[]"
            : info.GenericTypeArguments is { Length: > 0 } arguments ? GenericName(type, arguments.Select(NameOf))
            : NameOf(type);
        return !type.IsValueType && info.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }

    private static string NameOf(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        return type.IsGenericType ? GenericName(type, type.GetGenericArguments().Select(NameOf)) : type.Name;
    }

    private static string GenericName(Type type, IEnumerable<string> arguments) =>
        $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>";
}
