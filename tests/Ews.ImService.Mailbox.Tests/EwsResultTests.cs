using System.Reflection;
namespace Ews.ImService.Mailbox.Tests;

public sealed class EwsResultTests
{
    private static readonly EwsResult<int> Success = 2;
    private static readonly EwsResult<int> Failure = EwsError.ItemNotFound;

    [Fact]
    public void Select_converts_a_value_and_returns_an_error_unchanged()
    {
        Success.Select(value => value * 2).Value.Should().Be(4);
        Failure.Select(value => value * 2).Error.Should().Be(EwsError.ItemNotFound);
    }

    [Fact]
    public void Then_continues_with_a_value_and_returns_an_error_unchanged()
    {
        Success.Then<string>(value => $"{value}").Value.Should().Be("2");
        Success.Then<string>(_ => EwsError.InvalidRequest).Error.Should().Be(EwsError.InvalidRequest);
        Failure.Then<string>(_ => EwsError.InvalidRequest).Error.Should().Be(EwsError.ItemNotFound);
    }

    [Fact]
    public void Match_converts_a_value_or_an_error()
    {
        Success.Match(value => $"{value}", error => error.Code).Should().Be("2");
        Failure.Match(value => $"{value}", error => error.Code).Should().Be("ErrorItemNotFound");
    }

    [Fact]
    public void An_error_is_found_by_its_code()
    {
        EwsError.FindByCode("ErrorItemNotFound").Should().BeSameAs(EwsError.ItemNotFound, "it is the first error with the code");
        EwsError.FindByCode("ErrorMailboxMoveInProgress").Should().BeNull();
    }

    [Fact]
    public void Every_error_is_found_by_its_code_without_the_values_of_a_request()
    {
        var members = typeof(EwsError).GetMembers(BindingFlags.Public | BindingFlags.Static);
        var errors = members.OfType<FieldInfo>().Select(field => field.GetValue(null))
            .Concat(members.OfType<MethodInfo>()
                .Where(method => method.ReturnType == typeof(EwsError) && method.Name != nameof(EwsError.FindByCode))
                .Select(method => method.Invoke(null, [.. method.GetParameters().Select(_ => "value")])))
            .Cast<EwsError>().ToList();

        errors.Should().Contain(EwsError.ServerBusy("value")).And.Contain(EwsError.ItemNotFound);
        errors.Select(error => EwsError.FindByCode(error.Code)).Should().OnlyContain(found => found != null && found.Values.Length == 0);
        EwsError.FindByCode("ErrorNonExistentMailbox")!.MessageText.Should().Be(EwsError.NonExistentMailbox("value").MessageText);
    }
}
